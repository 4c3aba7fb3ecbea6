import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";
import { FilteredLog, firstFrom, type LogFilter, nextHit } from "./log-filter.ts";

const line = (stepId: string, nodeId: string | null, text: string): ShownLine => ({
  ...{ stepId: stepId as StepId, nodeId: nodeId as NodeId | null, text, coloured: null },
  ...{ stream: "stdout", at: "2026-01-01T00:00:00.000Z" },
});
const lines = [
  line("dump", "a", "Dump completed"),
  line("stop", "b", "oms_330"),
  line("dump", null, "x"),
];
const none: LogFilter = { nodeId: null, stepId: null, kind: null, text: "", fits: null };
const dump = "dump" as StepId;

function placesOf(filter: Partial<LogFilter>, count = lines.length) {
  const log = new FilteredLog({ ...none, ...filter });
  log.extend(lines, count, []);
  return log.places;
}

test("nothing narrowed is all lines, without a list", () => {
  assert.equal(placesOf({}), null);
  assert.equal(placesOf({ text: "  " }), null);
});

test("each filter narrows, and they narrow together", () => {
  assert.deepEqual(placesOf({ stepId: dump }), [0, 2]);
  assert.deepEqual(placesOf({ stepId: dump }, 2), [0]);
  assert.deepEqual(placesOf({ nodeId: "b" as NodeId }), [1]);
  assert.deepEqual(placesOf({ text: "COMPLETED" }), [0]);
  assert.deepEqual(placesOf({ text: ".*" }), []);
  assert.deepEqual(placesOf({ fits: (stepId) => stepId === "stop" }), [1]);
  assert.deepEqual(placesOf({ nodeId: "b" as NodeId, text: "dump" }), []);
  assert.deepEqual(placesOf({ kind: "stdout" }), [0, 1, 2]);
  assert.deepEqual(placesOf({ kind: "errors" }), []);
});

describe("as the log grows", () => {
  test("every line is looked at once", () => {
    let looks = 0;
    const log = new FilteredLog({ ...none, fits: () => Boolean(++looks) });
    for (const count of [1, 1, 2, 3, 3]) log.extend(lines, count, []);
    assert.deepEqual(log.places, [0, 1, 2]);
    assert.equal(looks, 3);
  });

  test("a line that had not ended is looked at again when it may have changed", () => {
    const growing = [line("dump", "a", "10%"), line("dump", "a", "ok"), line("dump", "a", "10 ok")];
    const log = new FilteredLog({ ...none, text: "ok" });
    log.extend(growing, 3, [0, 2]);
    assert.deepEqual(log.places, [1, 2]);
    growing[0] = line("dump", "a", "100% ok");
    growing[2] = line("dump", "a", "20");
    log.extend(growing, 3, []);
    assert.deepEqual(log.places, [0, 1]);
    log.extend(growing, 3, []);
    assert.deepEqual(log.places, [0, 1]);
  });
});

test("the first place that is not before another", () => {
  for (const [place, at] of [
    [0, 0],
    [2, 0],
    [3, 1],
    [9, 2],
    [10, 3],
  ] as const) {
    assert.equal(firstFrom([2, 5, 9], place), at, `${place}`);
  }
  assert.equal(firstFrom([], 3), 0);
});

test("hits follow each other all around", () => {
  const hits = [2, 5, 9];
  const walk = (from: number, step: 1 | -1) => nextHit(hits, from, step);
  assert.deepEqual([walk(-1, 1), walk(2, 1), walk(3, 1), walk(9, 1)], [2, 5, 5, 2]);
  assert.deepEqual([walk(2, -1), walk(5, -1), walk(6, -1), walk(99, -1)], [9, 2, 5, 9]);
  assert.equal(nextHit([], 0, 1), null);
  assert.equal(nextHit([4], 4, 1), 4);
});
