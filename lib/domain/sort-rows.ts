/** How rows are sorted: by which of their columns, and whether from the largest. */
export interface Order<By extends string> {
  by: By;
  descending: boolean;
}

/** What rows are sorted by: a moment as milliseconds or ISO 8601, a name, a version; null: there is none. */
export type SortKey = number | string | null;

/**
 * Rows by a key of each. Those that are alike keep their order, and those without a key come last,
 * either way. Numbers in text count as numbers: `hz-2` before `hz-10`, 4.2.9 before 4.2.11. Pure.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => SortKey,
  descending: boolean,
): Row[] {
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((one, other) => {
      if (one.key === null || other.key === null) {
        return Number(one.key === null) - Number(other.key === null);
      }
      const way = compare(one.key, other.key);
      return descending ? -way : way;
    })
    .map(({ row }) => row);
}

const inNames = new Intl.Collator("en", { numeric: true });

function compare(one: number | string, other: number | string): number {
  if (typeof one === "number" && typeof other === "number") {
    // Not their difference: one infinity less another is no number.
    return one < other ? -1 : Number(one > other);
  }
  return inNames.compare(String(one), String(other));
}
