import type { ReactNode } from "react";
import { ColumnMenu } from "./column-menu.tsx";

export interface ListBarProps<Column extends string> {
  /** The names of the columns that can be left out, in the order of the table. */
  columns: Readonly<Record<Column, string>>;
  hidden: readonly Column[];
  /** The address of the list with a column left out, or shown again. */
  address: (column: Column) => string;
  /** The filter. */
  children: ReactNode;
}

/** What stands above a list: its filter, and the choice of its columns. */
export function ListBar<Column extends string>({
  columns,
  hidden,
  address,
  children,
}: ListBarProps<Column>) {
  return (
    <div className="sm:flex sm:items-start sm:justify-between sm:gap-2">
      {children}
      <ColumnMenu
        columns={(Object.keys(columns) as Column[]).map((column) => ({
          name: columns[column],
          shown: !hidden.includes(column),
          href: address(column),
        }))}
      />
    </div>
  );
}
