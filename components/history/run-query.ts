import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import {
  parseAsDay,
  parseAsName,
  parseAsOrder,
  parseAsPage,
  parseAsSchema,
  parseAsText,
} from "#components/ui/query.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { runStatuses } from "#lib/domain/run.ts";

export const runSorts = {
  deployment: "ascending",
  state: "ascending",
  started: "descending",
  by: "ascending",
} as const;

const params = {
  text: parseAsText,
  deployment: parseAsSchema(DeploymentId),
  state: parseAsStringLiteral(runStatuses),
  version: parseAsName,
  who: parseAsName,
  /** The first and the last day that count. */
  from: parseAsDay,
  to: parseAsDay,
  sort: parseAsOrder(runSorts, "started"),
  page: parseAsPage,
};

/** What the address of the runs asks for. */
export type RunQuery = inferParserType<typeof params>;
export const loadRunQuery = createLoader(params);
export const runsHref = createSerializer(params);

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
