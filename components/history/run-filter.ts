import { DeploymentId } from "#lib/domain/ids.ts";
import { type RunStatus, runStatuses } from "#lib/domain/run.ts";
import type { RunOrder } from "#lib/services/run-list.ts";

/** Columns that can be left out; the others say which run it is and how it stands. */
export const runColumns = ["versions", "started", "by", "outage", "duration"] as const;
export type RunColumn = (typeof runColumns)[number];

/** Columns that a list can be sorted by. */
const sortable: readonly RunOrder["by"][] = ["deployment", "state", "started", "by"];
const newestFirst: RunOrder = { by: "started", descending: true };

/** What the address of a list of runs asks for; anything that makes no sense is left out. */
export interface RunQuery {
  deploymentId: DeploymentId | null;
  status: RunStatus | null;
  who: string;
  version: string;
  text: string;
  /** Days as `2026-01-31`, the first and the last one that count; empty: no bound. */
  from: string;
  to: string;
  order: RunOrder;
  /** Columns that are left out. */
  hidden: readonly RunColumn[];
  page: number;
}

export type SearchParams = Record<string, string | string[] | undefined>;

/** The one value of a parameter, trimmed; empty when it is missing or given twice. */
export function param(search: SearchParams, key: string): string {
  const value = search[key];
  return typeof value === "string" ? value.trim() : "";
}

/** The page in an address; the first where it makes no sense. */
export function pageOf(search: SearchParams): number {
  const text = param(search, "page");
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1;
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
    order: orderOf(param(search, "sort")),
    hidden: runColumns.filter((column) => param(search, "hide").split(".").includes(column)),
    page: pageOf(search),
  };
}

/** `by` is the smallest first, `-by` the largest. */
function orderOf(text: string): RunOrder {
  const by = sortable.find((one) => one === text.replace(/^-/, ""));
  return by ? { by, descending: text.startsWith("-") } : newestFirst;
}

function wordOf({ by, descending }: RunOrder): string {
  return `${descending ? "-" : ""}${by}`;
}

/** What the address says of the order and the columns; each is empty where it is the usual one. */
export function viewOf({ order, hidden }: Pick<RunQuery, "order" | "hidden">) {
  const sort = wordOf(order);
  return { sort: sort === wordOf(newestFirst) ? "" : sort, hide: hidden.join(".") };
}

/** The query with a list sorted by a column, the other way round if it is so already. */
export function sortedBy(query: RunQuery, by: RunOrder["by"]): RunQuery {
  const { order } = query;
  const descending = order.by === by ? !order.descending : by === newestFirst.by;
  return { ...query, order: { by, descending } };
}

/** The query with a column left out, or shown again. */
export function toggled(query: RunQuery, column: RunColumn): RunQuery {
  const isHidden = (one: RunColumn) => query.hidden.includes(one) !== (one === column);
  return { ...query, hidden: runColumns.filter(isHidden) };
}

function dayOf(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}

export function isFiltered(query: RunQuery): boolean {
  return runsAddress({ ...query, order: newestFirst, hidden: [] }, 1) !== "/runs";
}

/** The address of another page of the same list. */
export function runsAddress(query: RunQuery, page: number): string {
  const params = new URLSearchParams(
    Object.entries({
      text: query.text,
      deployment: query.deploymentId ?? "",
      state: query.status ?? "",
      version: query.version,
      who: query.who,
      from: query.from,
      to: query.to,
      ...viewOf(query),
      page: page > 1 ? String(page) : "",
    }).filter(([, value]) => value !== ""),
  );
  const text = params.toString();
  return text === "" ? "/runs" : `/runs?${text}`;
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
