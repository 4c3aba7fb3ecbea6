import assert from "node:assert/strict";
import { test } from "node:test";
import { loadRunQuery, runsHref, spanOfQuery } from "./run-query.ts";

test("an address and its query say the same", () => {
  const address =
    "/runs?text=oms&deployment=dep_abcdefghijkl&state=paused&version=4.2.9&who=Chen+Wei&from=2026-01-02&to=2026-02-03&sort=deployment&page=3";
  assert.equal(runsHref("/runs", loadRunQuery(new URL(address, "http://uplift"))), address);
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
