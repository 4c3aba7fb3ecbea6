import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId } from "../ids.ts";
import type { MarkRecord, RunState } from "../run.ts";
import type { TimeMark } from "../step.ts";
import { outageOf } from "./outage.ts";

const at = (mark: TimeMark, time: string): MarkRecord => ({
  mark,
  time,
  hostTime: time,
  nodeId: "nod_000000000001" as NodeId,
  skewMs: 0,
});
const state = (leg: RunState["leg"], ...marks: [TimeMark, string][]) => ({
  leg,
  marks: Object.fromEntries(marks.map(([mark, time]) => [mark, at(mark, time)])),
});

test("nothing was stopped: no outage", () => {
  assert.equal(outageOf(state("forward")), null);
  assert.equal(outageOf(state("rollback")), null);
});

test("an upgrade is out from T1 to T2", () => {
  assert.deepEqual(outageOf(state("forward", ["T1", "1"])), { since: "1", until: null });
  assert.deepEqual(outageOf(state("forward", ["T1", "1"], ["T2", "2"])), {
    since: "1",
    until: "2",
  });
});

test("a rollback in the middle of an upgrade goes on with the same outage", () => {
  const during = state("rollback", ["T1", "1"], ["T3", "3"]);
  assert.deepEqual(outageOf(during), { since: "1", until: null });
});

test("a rollback after the upgrade has an outage of its own", () => {
  const after = state("rollback", ["T1", "1"], ["T2", "2"]);
  assert.deepEqual(outageOf(after), { since: "1", until: "2" });
  const stopped = state("rollback", ["T1", "1"], ["T2", "2"], ["T3", "3"], ["HA_BACK", "4"]);
  assert.deepEqual(outageOf(stopped), { since: "3", until: "4" });
});
