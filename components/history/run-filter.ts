import { orderOf, orderParam, type Sorting, sortedBy } from "#components/ui/list-view.ts";
import {
  addressOf,
  pageOf,
  pageParam,
  param,
  type SearchParams,
} from "#components/ui/search-params.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { type RunStatus, runStatuses } from "#lib/domain/run.ts";
import type { RunOrder } from "#lib/services/run-list.ts";

const sorting: Sorting<RunOrder["by"]> = {
  columns: {
    deployment: "ascending",
    state: "ascending",
    started: "descending",
    by: "ascending",
  },
  usual: "started",
};

/** What the address of a list of runs asks for; anything that makes no sense is left out. */
export interface RunQuery {
  order: RunOrder;
  deploymentId: DeploymentId | null;
  status: RunStatus | null;
  who: string;
  version: string;
  text: string;
  /** Days as `2026-01-31`, the first and the last one that count; empty: no bound. */
  from: string;
  to: string;
  page: number;
}

export function runQueryOf(search: SearchParams): RunQuery {
  const deployment = DeploymentId.safeParse(param(search, "deployment"));
  return {
    deploymentId: deployment.success ? deployment.data : null,
    status: runStatuses.find((status) => status === param(search, "state")) ?? null,
    who: param(search, "who"),
    version: param(search, "version"),
    text: param(search, "text"),
    from: dayOf(param(search, "from")),
    to: dayOf(param(search, "to")),
    order: orderOf(sorting, param(search, "sort")),
    page: pageOf(search),
  };
}

function dayOf(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}

export function isFiltered(query: RunQuery): boolean {
  return Object.values(filterParams(query)).some((value) => value !== "");
}

function filterParams(query: RunQuery) {
  return {
    text: query.text,
    deployment: query.deploymentId ?? "",
    state: query.status ?? "",
    version: query.version,
    who: query.who,
    from: query.from,
    to: query.to,
  };
}

/** What stays in the address when the filter changes. */
export function keptParams(query: RunQuery) {
  return { sort: orderParam(sorting, query.order) };
}

/** The address of another page of the same list. */
export function runsAddress(query: RunQuery, page: number): string {
  return addressOf("/runs", {
    ...filterParams(query),
    ...keptParams(query),
    page: pageParam(page),
  });
}

/** The address of the list sorted by a column, from its first page. */
export function runsSortedBy(query: RunQuery, by: RunOrder["by"]): string {
  return runsAddress({ ...query, order: sortedBy(sorting, query.order, by) }, 1);
}

/**
 * The moments between which the runs of a query began, ISO 8601: days are days of the reader's zone. Pure.
 *
 * @param zone an IANA name
 */
export function spanOfQuery(
  { from, to }: Pick<RunQuery, "from" | "to">,
  zone: string,
): { from?: string; until?: string } {
  return {
    ...(from && { from: startOfDay(from, zone, 0).toISOString() }),
    ...(to && { until: startOfDay(to, zone, 1).toISOString() }),
  };
}

/** When a day begins in a zone, so many days later. */
function startOfDay(day: string, zone: string, later: number): Date {
  const midnight = Date.parse(`${day}T00:00:00.000Z`) + later * 86_400_000;
  const offsetAt = (ms: number) => {
    const name = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" })
      .formatToParts(ms)
      .find(({ type }) => type === "timeZoneName")?.value;
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "") ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  };
  // The offset of that night, not of the evening before it: clocks may change in between.
  return new Date(midnight - offsetAt(midnight - offsetAt(midnight)));
}
