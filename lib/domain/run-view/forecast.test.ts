import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState, StepState, StepStatus } from "../run.ts";
import { aboutWords, approvalsBeside, forecast } from "./forecast.ts";
import type { StepTimes } from "./step-times.ts";

const step = (id: string, after: string[] = [], mark?: string) => ({ id, after, params: { mark } });
const plan = {
  steps: [
    step("stop.a", [], "T1"),
    step("stop.b", [], "T1"),
    step("dump", ["stop.a", "stop.b"]),
    step("ha-on", ["dump"], "T2"),
    step("console", ["ha-on"]),
  ],
} as unknown as Plan;
const timesOf = (took: Record<string, number>, assumed: string[] = []): StepTimes =>
  Object.fromEntries(
    Object.entries(took).map(([id, ms]) => [id, { ms, measured: !assumed.includes(id) }]),
  );
const took = { "stop.a": 2, "stop.b": 5, dump: 10, "ha-on": 1, console: 4 };
const durations = timesOf(took);

const at = (ms: number) => new Date(ms).toISOString();
const run = (steps: Record<string, [StepStatus, number | null, number | null]>) =>
  ({
    steps: Object.fromEntries(
      Object.entries(steps).map(([id, [status, from, to]]) => [
        id,
        {
          ...{ id, status },
          startedAt: from === null ? null : at(from),
          endedAt: to === null ? null : at(to),
        } as StepState,
      ]),
    ),
  }) as RunState;

test("a plan that starts now: what is parallel counts once, what waits adds up", () => {
  assert.deepEqual(forecast(plan, durations, null, 100), {
    ...{ outageFrom: 100, outageTo: 116, endAt: 120, approvals: 0, assumed: false },
  });
});

test("a run under way: what ended stays, what runs goes on from its start", () => {
  const now = run({ "stop.a": ["succeeded", 0, 3], "stop.b": ["running", 0, null] });
  assert.deepEqual(forecast(plan, durations, now, 4), {
    ...{ outageFrom: 0, outageTo: 16, endAt: 20, approvals: 0, assumed: false },
  });
});

test("a step that takes longer than last time moves the end along, never back", () => {
  const now = run({ "stop.a": ["succeeded", 0, 3], "stop.b": ["running", 0, null] });
  assert.equal(forecast(plan, durations, now, 50)?.endAt, 65);
});

test("one open step of which nothing is known, and nothing is foretold", () => {
  const { dump: _, ...rest } = durations as Record<string, StepTimes[StepId]>;
  assert.equal(forecast(plan, rest as StepTimes, null, 0), null);
  const done = run({
    "stop.a": ["succeeded", 0, 1],
    "stop.b": ["skipped", null, 1],
    dump: ["succeeded", 1, 2],
  });
  assert.equal(forecast(plan, rest as StepTimes, done, 2)?.endAt, 7);
});

test("it is said that a time is assumed while a step is open that nobody measured", () => {
  const times = timesOf(took, ["stop.b"]);
  assert.equal(forecast(plan, times, null, 0)?.assumed, true);
  const done = run({ "stop.b": ["succeeded", 0, 5] });
  assert.equal(forecast(plan, times, done, 5)?.assumed, false);
});

test("how long a person takes at a gate is not foretold, and it is said that there is one", () => {
  const [stopA, stopB, dump, ...rest] = plan.steps;
  const gate = { ...step("gate.start", ["dump"]), kind: "gate" };
  const durations = timesOf({ ...took, "gate.start": 0 });
  const behind = rest.map((one) => ({ ...one, after: ["gate.start"] }));
  const gated = { steps: [stopA, stopB, dump, gate, ...behind] } as unknown as Plan;
  const open = forecast(gated, durations, null, 100);
  assert.deepEqual([open?.endAt, open?.approvals], [119, 1]);
  assert.equal(approvalsBeside({ approvals: 1 }), ", and an approval");
  assert.equal(approvalsBeside({ approvals: 2 }), ", and 2 approvals");
  const past = run({
    "stop.a": ["succeeded", 0, 1],
    "stop.b": ["succeeded", 0, 1],
    dump: ["succeeded", 1, 2],
    "gate.start": ["succeeded", 2, 9],
  });
  assert.equal(forecast(gated, durations, past, 9)?.approvals, 0);
});

test("words are as rough as the forecast", () => {
  const said = [0, 12_000, 54_000, 100_000, 9 * 60_000, 23 * 60_000, 70 * 60_000, 120 * 60_000];
  assert.deepEqual(said.map(aboutWords), [
    "a few seconds",
    "about 15 s",
    "about 55 s",
    "about 2 min",
    "about 9 min",
    "about 25 min",
    "about 1 h 10 min",
    "about 2 h",
  ]);
});
