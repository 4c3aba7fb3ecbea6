import type { Order } from "#lib/domain/sort-rows.ts";
import { param, type SearchParams } from "./search-params.ts";

/** The columns that a list can be sorted by. */
export interface Sorting<By extends string> {
  /** Each with the way that comes first: names from the smallest, moments often from the newest. */
  columns: Readonly<Record<By, "ascending" | "descending">>;
  /** The one that it is sorted by unless told otherwise, the way that comes first. */
  usual: By;
}

/** How a list is looked at: what it is sorted by, and which of its columns are left out. */
export interface ListView<By extends string, Column extends string> {
  order: Order<By>;
  hidden: readonly Column[];
}

/** What can be chosen of a list. */
export interface ListChoices<By extends string, Column extends string> {
  sorting: Sorting<By>;
  /** Columns that can be left out. */
  columns: readonly Column[];
}

/** What `sort` and `hide` of an address say; anything that makes no sense is left out. */
export function viewOf<By extends string, Column extends string>(
  { sorting, columns }: ListChoices<By, Column>,
  search: SearchParams,
): ListView<By, Column> {
  const hide = param(search, "hide").split(".");
  return {
    order: orderOf(sorting, param(search, "sort")),
    hidden: columns.filter((column) => hide.includes(column)),
  };
}

/** What an address says of it; each is empty where it is the usual one. */
export function viewParams<By extends string, Column extends string>(
  { sorting }: ListChoices<By, Column>,
  { order, hidden }: ListView<By, Column>,
): { sort: string; hide: string } {
  return { sort: orderParam(sorting, order), hide: hidden.join(".") };
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

/** A column left out, or shown again; the columns stay in their order. */
export function toggled<Column extends string>(
  columns: readonly Column[],
  hidden: readonly Column[],
  column: Column,
): readonly Column[] {
  return columns.filter((one) => hidden.includes(one) !== (one === column));
}
