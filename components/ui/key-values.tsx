import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface KeyValue {
  label: string;
  value: ReactNode;
  /** For hosts, versions, paths. */
  mono?: boolean;
}

export interface KeyValuesProps {
  items: readonly KeyValue[];
  /** `rows` sets label and value side by side; `columns` stacks them in a strip. */
  look?: "rows" | "columns";
  className?: string;
}

/** Facts about one thing. A value that is not known shows a dash. */
export function KeyValues({ items, look = "rows", className }: KeyValuesProps) {
  const rows = look === "rows";
  return (
    <dl
      className={cn(
        rows ? "grid gap-y-2 text-sm" : "flex flex-wrap gap-x-10 gap-y-3 text-sm",
        className,
      )}
    >
      {items.map((item) => (
        <div
          key={item.label}
          className={rows ? "grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]" : "min-w-20"}
        >
          <dt className={cn("text-muted", !rows && "text-xs")}>{item.label}</dt>
          <dd
            className={cn("min-w-0 [overflow-wrap:anywhere]", item.mono && "font-mono text-xs/5")}
          >
            {item.value ?? <span className="text-faint">—</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
