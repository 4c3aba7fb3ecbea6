import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownLine } from "#components/live/feed-state.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { filterLog, splitAtHits } from "./log-filter.ts";

const line = (stepId: string, nodeId: string | null, text: string): ShownLine => ({
  ...{ stepId: stepId as StepId, nodeId: nodeId as NodeId | null, text },
  ...{ stream: "stdout", at: "2026-01-01T00:00:00.000Z" },
});
const lines = [
  line("dump", "a", "Dump completed"),
  line("stop", "b", "oms_330"),
  line("dump", null, "x"),
];
const none = { nodeId: null, stepId: null, text: "" };

test("nothing narrowed is all lines, without a copy", () => {
  assert.equal(filterLog(lines, 3, none, null), null);
  assert.equal(filterLog(lines, 3, { ...none, text: "  " }, null), null);
});

test("each filter narrows, and they narrow together", () => {
  assert.deepEqual(filterLog(lines, 3, { ...none, stepId: "dump" as StepId }, null), [0, 2]);
  assert.deepEqual(filterLog(lines, 2, { ...none, stepId: "dump" as StepId }, null), [0]);
  assert.deepEqual(filterLog(lines, 3, { ...none, nodeId: "b" as NodeId }, null), [1]);
  assert.deepEqual(filterLog(lines, 3, { ...none, text: "COMPLETED" }, null), [0]);
  assert.deepEqual(
    filterLog(lines, 3, none, (stepId) => stepId === "stop"),
    [1],
  );
  assert.deepEqual(filterLog(lines, 3, { ...none, nodeId: "b" as NodeId, text: "dump" }, null), []);
});

test("hits are cut out as they are written", () => {
  assert.deepEqual(splitAtHits("Drop, drop", "drop"), ["", "Drop", ", ", "drop", ""]);
  assert.deepEqual(splitAtHits("abc", "z"), ["abc"]);
  assert.deepEqual(splitAtHits("abc", " "), ["abc"]);
  assert.deepEqual(splitAtHits("a.c", "."), ["a", ".", "c"]);
  assert.deepEqual(splitAtHits("İx x", "x").join(""), "İx x");
});
