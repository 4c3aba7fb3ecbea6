import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsName, parseAsOrder, parseAsPage, parseAsText } from "#components/ui/query.ts";

export const storySorts = {
  time: "ascending",
  host: "ascending",
  outcome: "ascending",
  took: "descending",
} as const;

export const commandSorts = {
  time: "ascending",
  host: "ascending",
  exit: "descending",
  duration: "descending",
} as const;

const params = {
  /** The story as a table, which alone can be sorted. */
  view: parseAsStringLiteral(["table"]),
  sort: parseAsOrder(storySorts, "time"),
  commands: parseAsOrder(commandSorts, "time"),
  host: parseAsName,
  text: parseAsText,
  /** Page of the commands. */
  page: parseAsPage,
};

/** What the address of a run's audit asks for. */
export type TrailQuery = inferParserType<typeof params>;
export const loadTrailQuery = createLoader(params);
export const trailHref = createSerializer(params);
