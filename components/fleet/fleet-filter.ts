import { pageOf, param, type SearchParams } from "#components/ui/search-params.ts";
import type { FleetQuery } from "#lib/services/fleet.ts";

/** What can be shown, in the order of the choice. */
export const shows = ["running", "unwell", "unseen"] as const;

/** What the address of a list of deployments asks for; anything that makes no sense is left out. */
export function fleetQueryOf(search: SearchParams): FleetQuery {
  const show = param(search, "show");
  return {
    text: param(search, "text").slice(0, 200),
    version: param(search, "version"),
    show: shows.find((each) => each === show) ?? "all",
    page: pageOf(search),
  };
}

export function isFleetFiltered({ text, version, show }: FleetQuery): boolean {
  return text !== "" || version !== "" || show !== "all";
}

/** The address of another page of the same list. */
export function fleetAddress(path: string, query: FleetQuery, page: number): string {
  const params = new URLSearchParams();
  if (query.text) params.set("text", query.text);
  if (query.version) params.set("version", query.version);
  if (query.show !== "all") params.set("show", query.show);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
