import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface DisclosureProps {
  summary: ReactNode;
  /** Stays visible at the right when closed: a state, a duration. */
  aside?: ReactNode;
  defaultOpen?: boolean;
  className?: string;
  children: ReactNode;
}

/** Details behind a line that opens. Works without script, and the browser's find opens it. */
export function Disclosure({
  summary,
  aside,
  defaultOpen = false,
  className,
  children,
}: DisclosureProps) {
  return (
    <details open={defaultOpen} className={cn("group/details", className)}>
      <summary className="flex list-none items-center gap-2 rounded-md py-1.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 shrink-0 text-faint transition-transform group-open/details:rotate-90"
          aria-hidden="true"
        />
        <span className="min-w-0 flex-1">{summary}</span>
        {aside && <span className="shrink-0 pr-2 text-muted text-xs">{aside}</span>}
      </summary>
      <div className="pt-1 pb-3 sm:pl-6">{children}</div>
    </details>
  );
}
