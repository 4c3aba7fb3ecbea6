import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsName, parseAsOrder, parseAsPage, parseAsText } from "#components/ui/query.ts";

/** What can be shown, in the order of the choice. */
export const shows = ["running", "unwell", "unseen"] as const;

export const fleetSorts = {
  name: "ascending",
  version: "ascending",
  seen: "descending",
  run: "descending",
} as const;

const params = {
  text: parseAsText,
  version: parseAsName,
  show: parseAsStringLiteral(["all", ...shows]).withDefault("all"),
  sort: parseAsOrder(fleetSorts, "name"),
  page: parseAsPage,
};

/** What the address of a list of deployments asks for. */
export type FleetListQuery = inferParserType<typeof params>;
export const loadFleetQuery = createLoader(params);
export const fleetHref = createSerializer(params);
