import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import type { Order } from "#lib/domain/sort-rows.ts";

export interface Column<Row, By extends string = never> {
  /** Its name; the same name stands beside each value when rows are stacked, except in the first column. */
  name: string;
  cell: (row: Row) => ReactNode;
  /** A link in its name sorts the table by this, where the table can be sorted. */
  by?: By;
  /** Numbers stand at the right, on one line. */
  align?: "left" | "right";
  /** For hosts, versions, times: on one line. */
  mono?: boolean;
  /** Buttons and the like: the name is for screen readers alone. */
  unnamed?: boolean;
  /** Of the values. */
  className?: string;
  /** Of the name. */
  nameClassName?: string;
}

/** How a table is sorted now, and how it can be. */
export interface TableOrder<By extends string> extends Order<By> {
  /** The address of the table sorted by a column, or the other way round. */
  address: (by: By) => string;
}

export interface DataTableProps<Row, By extends string> {
  /** What the rows are: "Runs of OMS Hangzhou". Names the table and the region that it scrolls in. */
  label: string;
  /** The first one says which row it is. */
  columns: readonly Column<Row, By>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** Without it the table cannot be sorted. */
  order?: TableOrder<By> | undefined;
  /** A class such as "max-h-96": rows then scroll below the header. */
  maxHeight?: string;
  rowClassName?: string | ((row: Row) => string);
  /** An id to point at a row with. */
  rowId?: ((row: Row) => string) | undefined;
  /** Marks a row. */
  isSelected?: (row: Row) => boolean;
}

/**
 * A dense table, on the server and in the browser alike. Its header stays in sight: under the top bar, or within
 * `maxHeight`. On a narrow screen every row is a block of named values.
 */
export function DataTable<Row, By extends string = never>(props: DataTableProps<Row, By>) {
  const { label, columns, rows, rowKey, order, maxHeight, rowClassName, rowId } = props;
  return (
    <section
      aria-label={label}
      // A region that scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
      tabIndex={0}
      className={cn(
        "relative rounded-lg border bg-raised",
        maxHeight
          ? ["overflow-auto", maxHeight]
          : "overflow-x-auto lg:overflow-x-clip [--head-top:calc(var(--top-bar)+var(--run-bar))]",
      )}
    >
      <table
        aria-label={label}
        className="w-full border-separate border-spacing-0 text-left text-sm max-sm:block"
      >
        <thead className="max-sm:sr-only">
          <tr>
            {columns.map((column) => (
              <ColumnName key={column.name} {...{ column, order }} />
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              id={rowId?.(row)}
              {...(props.isSelected?.(row) && { "data-selected": true })}
              className={cn(
                "group/row transition-colors hover:bg-hover data-selected:bg-accent-tint",
                "max-sm:block max-sm:border-b max-sm:py-2 max-sm:last:border-b-0",
                typeof rowClassName === "function" ? rowClassName(row) : rowClassName,
              )}
            >
              {columns.map((column, index) => (
                <Cell key={column.name} {...{ column }} named={index > 0 && !column.unnamed}>
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ColumnNameProps<Row, By extends string> {
  column: Column<Row, By>;
  order: TableOrder<By> | undefined;
}

function ColumnName<Row, By extends string>({ column, order }: ColumnNameProps<Row, By>) {
  const { name, by, align, unnamed, nameClassName } = column;
  const sorted = order !== undefined && by !== undefined && order.by === by;
  return (
    <th
      scope="col"
      {...(sorted && { "aria-sort": order.descending ? "descending" : "ascending" })}
      className={cn(
        "sticky top-(--head-top,0px) z-10 h-8 whitespace-nowrap border-b bg-raised px-3",
        "font-medium text-muted text-xs first:rounded-tl-lg last:rounded-tr-lg",
        align === "right" && "text-right",
        nameClassName,
      )}
    >
      {order && by !== undefined ? (
        <SortLink {...{ by, order, sorted }}>{name}</SortLink>
      ) : unnamed ? (
        <span className="sr-only">{name}</span>
      ) : (
        name
      )}
    </th>
  );
}

interface SortLinkProps<By extends string> {
  by: By;
  order: TableOrder<By>;
  sorted: boolean;
  children: string;
}

function SortLink<By extends string>({ by, order, sorted, children }: SortLinkProps<By>) {
  const Arrow = sorted && order.descending ? ArrowDown : ArrowUp;
  return (
    <>
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
    </>
  );
}

interface CellProps {
  column: Pick<Column<never, string>, "name" | "align" | "mono" | "className">;
  /** Its column's name stands beside it when rows are stacked. */
  named: boolean;
  children: ReactNode;
}

function Cell({ column: { name, align, mono, className }, named, children }: CellProps) {
  return (
    <td
      {...(named && { "data-label": name })}
      className={cn(
        "h-10 border-b px-3 py-1.5 align-middle group-last/row:border-b-0",
        align === "right" && "whitespace-nowrap text-right",
        mono && "whitespace-nowrap font-mono text-xs",
        "max-sm:flex max-sm:h-auto max-sm:border-b-0 max-sm:py-0.5 max-sm:empty:hidden",
        named && [
          "max-sm:items-center max-sm:justify-between max-sm:gap-4",
          "max-sm:before:shrink-0 max-sm:before:font-sans max-sm:before:text-muted",
          "max-sm:before:text-xs max-sm:before:content-[attr(data-label)]",
        ],
        className,
      )}
    >
      {children}
    </td>
  );
}
