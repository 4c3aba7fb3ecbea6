import assert from "node:assert/strict";
import { test } from "node:test";
import { isFiltered, runQueryOf, runsAddress, runsSortedBy, spanOfQuery } from "./run-filter.ts";

const queryOf = (address: string) =>
  runQueryOf(Object.fromEntries(new URLSearchParams(address.slice("/runs?".length))));

test("an address and its query say the same", () => {
  const address =
    "/runs?text=oms&deployment=dep_abcdefghijkl&state=paused&version=4.2.9&who=Chen+Wei&from=2026-01-02&to=2026-02-03&sort=deployment&page=3";
  const query = queryOf(address);
  assert.equal(runsAddress(query, query.page), address);
  assert.ok(isFiltered(query));
});

test("what makes no sense in an address is left out", () => {
  const query = runQueryOf({
    ...{ deployment: "nonsense", state: "flying", from: "2026-13-45", to: "yesterday" },
    ...{ page: "-1", who: ["a", "b"] },
  });
  assert.equal(isFiltered(query), false);
  assert.equal(query.page, 1);
});

test("sorting narrows nothing, and is turned by its name", () => {
  const plain = runQueryOf({ sort: "weight" });
  assert.equal(runsAddress(plain, 1), "/runs");
  assert.equal(runsSortedBy(plain, "started"), "/runs?sort=started");
  const by = runsSortedBy(plain, "by");
  assert.equal(by, "/runs?sort=by");
  assert.equal(runsSortedBy(queryOf(by), "by"), "/runs?sort=-by");
  assert.equal(runsSortedBy(queryOf(by), "started"), "/runs");
  assert.equal(isFiltered(queryOf(by)), false);
  // Another order begins at the first page.
  assert.equal(runsSortedBy(queryOf("/runs?page=3"), "by"), "/runs?sort=by");
});

test("days are the reader's own, also when clocks change in the night", () => {
  const span = (zone: string, day: string) => spanOfQuery({ from: day, to: day }, zone);
  assert.deepEqual(span("Asia/Shanghai", "2026-01-31"), {
    ...{ from: "2026-01-30T16:00:00.000Z", until: "2026-01-31T16:00:00.000Z" },
  });
  assert.deepEqual(span("America/New_York", "2026-01-31"), {
    ...{ from: "2026-01-31T05:00:00.000Z", until: "2026-02-01T05:00:00.000Z" },
  });
  // Summer time begins in Berlin at two in that night: the day has 23 hours.
  assert.deepEqual(span("Europe/Berlin", "2026-03-29"), {
    ...{ from: "2026-03-28T23:00:00.000Z", until: "2026-03-29T22:00:00.000Z" },
  });
  assert.deepEqual(spanOfQuery({ from: "", to: "" }, "UTC"), {});
});
