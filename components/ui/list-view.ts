import type { Order } from "#lib/domain/sort-rows.ts";

/** The columns that a list can be sorted by. */
export interface Sorting<By extends string> {
  /** Each with the way that comes first: names from the smallest, moments often from the newest. */
  columns: Readonly<Record<By, "ascending" | "descending">>;
  /** The one that it is sorted by unless told otherwise, the way that comes first. */
  usual: By;
}

/** `by` is the smallest first, `-by` the largest; the usual order for anything else. */
export function orderOf<By extends string>(sorting: Sorting<By>, text: string): Order<By> {
  const names = Object.keys(sorting.columns) as By[];
  const by = names.find((name) => name === text.replace(/^-/, ""));
  return by ? { by, descending: text.startsWith("-") } : first(sorting, sorting.usual);
}

export function orderParam<By extends string>(sorting: Sorting<By>, order: Order<By>): string {
  return isUsual(sorting, order) ? "" : `${order.descending ? "-" : ""}${order.by}`;
}

export function isUsual<By extends string>(sorting: Sorting<By>, order: Order<By>): boolean {
  const usual = first(sorting, sorting.usual);
  return order.by === usual.by && order.descending === usual.descending;
}

/** Sorted by a column, the other way round if it is so already. */
export function sortedBy<By extends string>(
  sorting: Sorting<By>,
  order: Order<By>,
  by: By,
): Order<By> {
  return order.by === by ? { by, descending: !order.descending } : first(sorting, by);
}

function first<By extends string>({ columns }: Sorting<By>, by: By): Order<By> {
  return { by, descending: columns[by] === "descending" };
}
