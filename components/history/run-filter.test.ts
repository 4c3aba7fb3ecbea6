import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isFiltered,
  runQueryOf,
  runsAddress,
  sortedBy,
  spanOfQuery,
  toggled,
} from "./run-filter.ts";

test("an address and its query say the same", () => {
  const address =
    "/runs?text=oms&deployment=dep_abcdefghijkl&state=paused&version=4.2.9&who=Chen+Wei&from=2026-01-02&to=2026-02-03&sort=deployment&hide=by.duration&page=3";
  const search = Object.fromEntries(new URLSearchParams(address.slice("/runs?".length)));
  const query = runQueryOf(search);
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

test("sorting and columns narrow nothing, and are turned by their names", () => {
  const plain = runQueryOf({ sort: "weight", hide: "state.nonsense" });
  assert.equal(runsAddress(plain, 1), "/runs");
  const by = sortedBy(plain, "by");
  assert.equal(runsAddress(by, 1), "/runs?sort=by");
  assert.equal(runsAddress(sortedBy(by, "by"), 1), "/runs?sort=-by");
  assert.equal(runsAddress(sortedBy(plain, "started"), 1), "/runs?sort=started");
  assert.equal(runsAddress(sortedBy(by, "started"), 1), "/runs");
  const fewer = toggled(toggled(by, "outage"), "versions");
  assert.equal(runsAddress(fewer, 1), "/runs?sort=by&hide=versions.outage");
  assert.equal(runsAddress(toggled(fewer, "outage"), 1), "/runs?sort=by&hide=versions");
  assert.equal(isFiltered(fewer), false);
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
