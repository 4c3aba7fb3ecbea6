import assert from "node:assert/strict";
import { test } from "node:test";
import { createLoader, createSerializer } from "nuqs/server";
import { DeploymentId } from "#lib/domain/ids.ts";
import {
  parseAsDay,
  parseAsOrder,
  parseAsPage,
  parseAsSchema,
  parseAsText,
  tableOrder,
} from "./query.ts";

const ways = { name: "ascending", seen: "descending" } as const;
const params = {
  text: parseAsText,
  of: parseAsSchema(DeploymentId),
  from: parseAsDay,
  sort: parseAsOrder(ways, "name"),
  page: parseAsPage,
};
const load = createLoader(params);
const href = createSerializer(params);

test("an address and its query say the same", () => {
  for (const address of [
    "/list",
    "/list?text=a+b%26c&of=dep_abcdefghijkl&from=2026-01-31&sort=-seen&page=3",
    "/list?sort=-name",
    "/list?sort=seen",
  ]) {
    assert.equal(href("/list", load(new URL(address, "http://uplift"))), address);
  }
});

test("what makes no sense in an address is left out", () => {
  for (const query of [
    "text=++",
    "of=nonsense&from=2026-13-45",
    "from=yesterday",
    "sort=weight&page=0",
    "sort=--name&page=-1",
    "sort=constructor&page=1e3",
    "sort=name&page=1",
  ]) {
    assert.equal(href("/list", load(new URLSearchParams(query))), "/list", query);
  }
});

test("a column sorts its own way first, then the other", () => {
  const sorted = (address: string, by: keyof typeof ways) => {
    const query = load(new URL(address, "http://uplift"));
    const to = tableOrder(ways, query.sort, (sort) =>
      href("/list", { ...query, sort, page: null }),
    );
    return to.address(by);
  };
  assert.equal(sorted("/list", "seen"), "/list?sort=-seen");
  assert.equal(sorted("/list?sort=-seen", "seen"), "/list?sort=seen");
  assert.equal(sorted("/list?sort=-seen", "name"), "/list");
  assert.equal(sorted("/list", "name"), "/list?sort=-name");
  // Another order begins at the first page, with the same filter.
  assert.equal(sorted("/list?text=hz&page=4", "seen"), "/list?text=hz&sort=-seen");
});
