import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Th, type ThProps } from "#components/ui/table.tsx";
import type { Order } from "#lib/domain/sort-rows.ts";

/** How a table is sorted now, and how it can be. */
export interface TableOrder<By extends string> extends Order<By> {
  /** The address of the table sorted by a column, or the other way round. */
  address: (by: By) => string;
}

export interface SortThProps<By extends string> extends Pick<ThProps, "align" | "className"> {
  children: string;
  by: By;
  /** Without it the table cannot be sorted. */
  order: TableOrder<By> | undefined;
}

/** The name of a column that sorts the table. */
export function SortTh<By extends string>({ children, by, order, ...rest }: SortThProps<By>) {
  if (!order) return <Th {...rest}>{children}</Th>;
  const sorted = order.by === by;
  const Arrow = sorted && order.descending ? ArrowDown : ArrowUp;
  return (
    <Th {...rest} {...(sorted && { "aria-sort": order.descending ? "descending" : "ascending" })}>
      <Link
        href={order.address(by)}
        scroll={false}
        // On a narrow screen the header is for screen readers, and nothing unseen takes the focus.
        className="group/sort inline-flex items-center gap-1 hover:text-fg max-sm:hidden"
      >
        {children}
        <Arrow
          aria-hidden="true"
          className={
            sorted
              ? "size-3"
              : "size-3 opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60"
          }
        />
      </Link>
      <span className="sm:hidden">{children}</span>
    </Th>
  );
}
