import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsName, parseAsOrder, parseAsPage, parseAsText } from "#components/ui/query.ts";
import { activityParts } from "#lib/domain/run-activity/activity-lines.ts";

export const activitySorts = {
  time: "ascending",
  host: "ascending",
  outcome: "ascending",
  took: "descending",
} as const;

const params = {
  part: parseAsStringLiteral(activityParts).withDefault("events"),
  host: parseAsName,
  text: parseAsText,
  sort: parseAsOrder(activitySorts, "time"),
  page: parseAsPage,
};

/** What the address of a run's audit asks for. */
export type TrailQuery = inferParserType<typeof params>;
export const loadTrailQuery = createLoader(params);
export const trailHref = createSerializer(params);
