import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface TableProps {
  /** What the rows are: "Runs of OMS Hangzhou". Names the table and the region it scrolls in. */
  label: string;
  /**
   * What happens on a narrow screen: `stack` turns every row into a block of labelled values (give
   * each cell its `label`), `scroll` lets the table scroll sideways.
   */
  narrow?: "stack" | "scroll";
  /** A class such as "max-h-96": rows then scroll below the header. */
  maxHeight?: string;
  className?: string;
  /** `THead` and `TBody`. */
  children: ReactNode;
}

/** A dense table. Its header stays in sight: under the top bar, or within `maxHeight`. */
export function Table({ label, narrow = "stack", maxHeight, className, children }: TableProps) {
  return (
    <section
      aria-label={label}
      // A region that scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
      tabIndex={0}
      data-narrow={narrow}
      className={cn(
        "group/table relative rounded-lg border bg-raised",
        maxHeight
          ? ["overflow-auto", maxHeight]
          : "overflow-x-auto lg:overflow-x-clip [--head-top:calc(var(--top-bar)+var(--run-bar))]",
      )}
    >
      <table
        aria-label={label}
        className={cn(
          "w-full border-separate border-spacing-0 text-left text-sm",
          narrow === "stack" && "max-sm:block",
          className,
        )}
      >
        {children}
      </table>
    </section>
  );
}

/** The header; its children are `Th`. */
export function THead({ children }: { children: ReactNode }) {
  return (
    <thead className="group-data-[narrow=stack]/table:max-sm:sr-only">
      <tr>{children}</tr>
    </thead>
  );
}

export interface ThProps extends ComponentProps<"th"> {
  align?: "left" | "right";
}

/** A column's name. */
export function Th({ align = "left", className, ...rest }: ThProps) {
  return (
    <th
      scope="col"
      className={cn(
        "sticky top-(--head-top,0px) z-10 h-8 whitespace-nowrap border-b bg-raised px-3",
        "font-medium text-muted text-xs first:rounded-tl-lg last:rounded-tr-lg",
        align === "right" && "text-right",
        className,
      )}
      {...rest}
    />
  );
}

/** The rows. */
export function TBody({ children }: { children: ReactNode }) {
  return <tbody className="group-data-[narrow=stack]/table:max-sm:block">{children}</tbody>;
}

/** A row; `selected` marks it. A link in its first cell opens what it stands for. */
export function Tr({
  selected = false,
  className,
  ...rest
}: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr
      {...(selected && { "data-selected": true })}
      className={cn(
        "group/row transition-colors hover:bg-hover data-selected:bg-accent-tint",
        "group-data-[narrow=stack]/table:max-sm:block",
        "group-data-[narrow=stack]/table:max-sm:border-b group-data-[narrow=stack]/table:max-sm:py-2",
        "group-data-[narrow=stack]/table:max-sm:last:border-b-0",
        className,
      )}
      {...rest}
    />
  );
}

export interface TdProps extends ComponentProps<"td"> {
  /** The column's name, shown beside the value when rows are stacked; leave it out for the first. */
  label?: string;
  align?: "left" | "right";
  /** For hosts, versions, times. */
  mono?: boolean;
  /** Leaves the value out when rows are stacked. */
  wideOnly?: boolean;
}

/** A value. Numbers (at the right) and `mono` values stay on one line. */
export function Td({
  label,
  align = "left",
  mono = false,
  wideOnly = false,
  className,
  ...rest
}: TdProps) {
  return (
    <td
      {...(label && { "data-label": label })}
      className={cn(
        "h-10 border-b px-3 py-1.5 align-middle group-last/row:border-b-0",
        align === "right" && "whitespace-nowrap text-right",
        mono && "whitespace-nowrap font-mono text-xs",
        "group-data-[narrow=stack]/table:max-sm:h-auto",
        "group-data-[narrow=stack]/table:max-sm:border-b-0",
        "group-data-[narrow=stack]/table:max-sm:py-0.5",
        wideOnly
          ? "group-data-[narrow=stack]/table:max-sm:hidden"
          : "group-data-[narrow=stack]/table:max-sm:flex",
        label && [
          "group-data-[narrow=stack]/table:max-sm:items-center",
          "group-data-[narrow=stack]/table:max-sm:justify-between",
          "group-data-[narrow=stack]/table:max-sm:gap-4",
          "max-sm:before:shrink-0 max-sm:before:font-sans max-sm:before:text-muted",
          "max-sm:before:text-xs",
          "group-data-[narrow=stack]/table:max-sm:before:content-[attr(data-label)]",
        ],
        className,
      )}
      {...rest}
    />
  );
}
