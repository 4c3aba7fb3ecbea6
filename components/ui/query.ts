import { createLoader, createParser, createSerializer, parseAsString } from "nuqs/server";
import type { z } from "zod";
import type { TableOrder } from "#components/ui/data-table.tsx";
import type { Order } from "#lib/domain/sort-rows.ts";

/** A text as it was meant: without the spaces around it, and not endless. */
export const parseAsText = createParser({
  parse: (text) => text.trim().slice(0, 200),
  serialize: String,
}).withDefault("");

/** One of a list with a name that may be anything. */
export const parseAsName = parseAsString.withDefault("");

/** The page of a list, from 1. */
export const parseAsPage = createParser({
  parse: (text) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : null),
  serialize: String,
}).withDefault(1);

/** A day as `2026-01-31`; empty: no day. */
export const parseAsDay = createParser({
  parse: (text) =>
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null,
  serialize: String,
}).withDefault("");

/** What a schema takes, such as an id; null: nothing, or something else. */
export function parseAsSchema<Schema extends z.ZodType<string>>(schema: Schema) {
  return createParser<z.output<Schema>>({
    parse: (text) => schema.safeParse(text).data ?? null,
    serialize: String,
  });
}

/** What a list can be sorted by, each with the way that comes first: names from the smallest, moments often from the newest. */
type Ways<By extends string> = Readonly<Record<By, "ascending" | "descending">>;

/** How a list is sorted: `by` is the smallest first, `-by` the largest. */
export function parseAsOrder<By extends string>(ways: Ways<By>, usual: NoInfer<By>) {
  return createParser<Order<By>>({
    parse: (text) => {
      const by = text.replace(/^-/, "");
      return isKey(ways, by) ? { by, descending: text.startsWith("-") } : null;
    },
    serialize: ({ by, descending }) => `${descending ? "-" : ""}${by}`,
    eq: (one, other) => one.by === other.by && one.descending === other.descending,
  }).withDefault({ by: usual, descending: ways[usual] === "descending" });
}

/** What the names of a table's columns lead to: the list sorted by that column, or the other way round. */
export function tableOrder<By extends string>(
  ways: Ways<By>,
  order: Order<By>,
  address: (order: Order<By>) => string,
): TableOrder<By> {
  return {
    ...order,
    address: (by) =>
      address({
        by,
        descending: order.by === by ? !order.descending : ways[by] === "descending",
      }),
  };
}

function isKey<By extends string>(ways: Ways<By>, text: string): text is By {
  return Object.hasOwn(ways, text);
}

/** For lists that have pages and nothing else. */
const pages = { page: parseAsPage };
export const loadPage = createLoader(pages);
export const pageHref = createSerializer(pages);
