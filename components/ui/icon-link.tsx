import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

export interface IconLinkProps extends Omit<ComponentProps<"a">, "children"> {
  href: string;
  icon: LucideIcon;
  /** Where it goes or what it gives: its accessible name and its tooltip. */
  label: string;
}

/** A link that is only an icon, beside small icon buttons; for downloads. */
export function IconLink({ href, icon: Icon, label, className, ...rest }: IconLinkProps) {
  return (
    <Tooltip content={label} side="bottom">
      <a
        href={href}
        aria-label={label}
        className={cn(
          "inline-grid size-7 shrink-0 place-items-center rounded-md text-muted transition-colors",
          "hover:bg-hover hover:text-fg",
          className,
        )}
        {...rest}
      >
        <Icon className="size-3.5" aria-hidden="true" />
      </a>
    </Tooltip>
  );
}
