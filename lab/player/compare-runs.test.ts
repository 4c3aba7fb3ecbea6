import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "#lib/domain/apply-event.ts";
import type { RunState } from "#lib/domain/run.ts";
import { type Compared, compareRuns, isWorthSaying } from "#lib/domain/run-compare/compare-runs.ts";
import { scene } from "./scenes.ts";

async function example(): Promise<Compared> {
  const { recording } = await scene("succeeded", { nodes: 2, names: "short" });
  const state = replay(recording.events);
  assert.ok(state);
  return { state, plans: recording.plans.map(({ plan }) => plan) };
}

/** The run with one of its steps taking that much longer. */
function longer(run: Compared, stepId: string, ms: number): Compared {
  const state: RunState = structuredClone(run.state);
  const step = Object.values(state.steps).find(({ id }) => id === stepId);
  assert.ok(step?.endedAt);
  step.endedAt = new Date(Date.parse(step.endedAt) + ms).toISOString();
  return { ...run, state };
}

test("a run compared with itself differs in nothing", async () => {
  const run = await example();
  const { pairs, slower, faster, outageMs } = compareRuns(run, run);
  assert.equal(pairs.length, Object.keys(run.state.steps).length);
  assert.ok(pairs.every(({ laterMs }) => laterMs === 0 || laterMs === null));
  assert.deepEqual([slower, faster], [[], []]);
  assert.ok(outageMs[0] !== null && outageMs[0] > 0);
  assert.equal(outageMs[0], outageMs[1]);
});

test("a step that took longer is the slower one, and the other way round the faster one", async () => {
  const run = await example();
  const dump = Object.keys(run.state.steps).find((id) => id.startsWith("dump")) ?? "";
  const other = longer(run, dump, 60_000);
  assert.deepEqual(
    compareRuns(run, other).slower.map(({ stepId, laterMs }) => [stepId, laterMs]),
    [[dump, 60_000]],
  );
  assert.deepEqual(
    compareRuns(other, run).faster.map(({ stepId }) => stepId),
    [dump],
  );
  assert.deepEqual(compareRuns(other, run).slower, []);
});

test("steps that only one of them has are said, not compared", async () => {
  const run = await example();
  const [first] = run.plans;
  assert.ok(first);
  const [gone, ...steps] = first.steps;
  const { pairs } = compareRuns({ ...run, plans: [{ ...first, steps }] }, run);
  const pair = pairs.find(({ stepId }) => stepId === gone?.id);
  assert.equal(pair?.a, null);
  assert.ok(pair?.b);
  assert.equal(pair?.laterMs, null);
});

test("small differences are the machine's mood", () => {
  const a = { status: "succeeded", tookMs: 100_000, attempts: 1 } as const;
  assert.equal(isWorthSaying({ a, laterMs: 4_999 }), false);
  assert.equal(isWorthSaying({ a, laterMs: 24_000 }), false, "under a quarter");
  assert.equal(isWorthSaying({ a, laterMs: -25_000 }), true);
  assert.equal(isWorthSaying({ a, laterMs: null }), false);
});
