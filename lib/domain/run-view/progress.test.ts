import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import { progressOf } from "./progress.ts";
import type { StepTimes } from "./step-times.ts";

const plan = { steps: [{ id: "stop" }, { id: "init" }, { id: "gate" }] } as unknown as Plan;
const times = {
  stop: { ms: 10, measured: true },
  init: { ms: 90, measured: true },
  gate: { ms: 0, measured: true },
} as unknown as StepTimes;
const run = (steps: object) => ({ steps }) as RunState;
const at = (ms: number) => new Date(ms).toISOString();
const stopped = { stop: { status: "succeeded" } };

test("what took long before counts for more", () => {
  assert.deepEqual(progressOf(plan, times, run(stopped), 0), { share: 0.1, byTime: true });
});

test("a running step counts for the time it has had, never as if it had ended", () => {
  const under = run({ ...stopped, init: { status: "running", startedAt: at(100) } });
  assert.equal(progressOf(plan, times, under, 145).share, 0.55);
  assert.equal(progressOf(plan, times, under, 99_999).share, (10 + 90 * 0.95) / 100);
});

test("without a measurement of every step it is their number that counts", () => {
  const assumed = { ...times, init: { ms: 90, measured: false } } as unknown as StepTimes;
  assert.deepEqual(progressOf(plan, assumed, run(stopped), 0), { share: 1 / 3, byTime: false });
  assert.deepEqual(progressOf(plan, {}, run(stopped), 0), { share: 1 / 3, byTime: false });
});

test("all settled is all", () => {
  const ended = run({ ...stopped, init: { status: "skipped" }, gate: { status: "succeeded" } });
  assert.equal(progressOf(plan, times, ended, 0).share, 1);
});
