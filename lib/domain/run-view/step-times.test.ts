import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import { stepTimes } from "./step-times.ts";

const plan = (...steps: object[]) => ({ steps }) as unknown as Plan;
const stop = { id: "stop.a", kind: "container.stop", params: { graceSeconds: 60 } };
const init = { id: "init.a", kind: "metadata.init", params: {} };
const gate = { id: "gate.init", kind: "gate", params: {} };

test("every step of every plan has a time, and it is told which were measured", () => {
  const past = {
    ...{ purpose: "upgrade", createdAt: "2026-01-01T00:00:00.000Z" },
    steps: {
      "stop.a": {
        ...{ id: "stop.a", status: "succeeded" },
        ...{ startedAt: "2026-01-01T00:00:01.000Z", endedAt: "2026-01-01T00:00:04.000Z" },
      },
    },
  } as unknown as RunState;
  const times = stepTimes([plan(stop, gate), plan(init)], [past], new Map());
  assert.deepEqual(times["stop.a" as StepId], { ms: 3_000, measured: true });
  assert.equal(times["init.a" as StepId]?.measured, false);
  // A person's time is neither measured nor assumed: nothing is waited for in it.
  assert.deepEqual(times["gate.init" as StepId], { ms: 0, measured: true });
});
