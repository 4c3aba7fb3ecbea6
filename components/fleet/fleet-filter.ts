import { orderOf, orderParam, type Sorting, sortedBy } from "#components/ui/list-view.ts";
import {
  addressOf,
  pageOf,
  pageParam,
  param,
  type SearchParams,
} from "#components/ui/search-params.ts";
import type { FleetQuery } from "#lib/services/fleet.ts";
import type { FleetOrder } from "#lib/services/fleet-order.ts";

/** What can be shown, in the order of the choice. */
export const shows = ["running", "unwell", "unseen"] as const;

const sorting: Sorting<FleetOrder["by"]> = {
  columns: { name: "ascending", version: "ascending", seen: "descending", run: "descending" },
  usual: "name",
};

/** What the address of a list of deployments asks for; anything that makes no sense is left out. */
export interface FleetListQuery extends FleetQuery {
  order: FleetOrder;
}

export function fleetQueryOf(search: SearchParams): FleetListQuery {
  const show = param(search, "show");
  return {
    text: param(search, "text").slice(0, 200),
    version: param(search, "version"),
    show: shows.find((each) => each === show) ?? "all",
    order: orderOf(sorting, param(search, "sort")),
    page: pageOf(search),
  };
}

export function isFleetFiltered({ text, version, show }: FleetQuery): boolean {
  return text !== "" || version !== "" || show !== "all";
}

/** What stays in the address when the filter changes. */
export function keptOfFleet(query: FleetListQuery) {
  return { sort: orderParam(sorting, query.order) };
}

/** The address of another page of the same list. */
export function fleetAddress(path: string, query: FleetListQuery, page: number): string {
  return addressOf(path, {
    text: query.text,
    version: query.version,
    show: query.show === "all" ? "" : query.show,
    ...keptOfFleet(query),
    page: pageParam(page),
  });
}

/** The address of the list sorted by a column, from its first page. */
export function fleetSortedBy(path: string, query: FleetListQuery, by: FleetOrder["by"]): string {
  return fleetAddress(path, { ...query, order: sortedBy(sorting, query.order, by) }, 1);
}
