import assert from "node:assert/strict";
import { test } from "node:test";
import type { Step } from "../step.ts";
import { planPhases } from "./plan-phases.ts";

const step = (id: string, phase: Step["phase"], after: string[] = []) =>
  ({ id, phase, hop: null, after }) as unknown as Step;

test("phases stand in the order in which they begin, their steps in parallel groups", () => {
  const phases = planPhases([
    step("stop.a", "stop"),
    step("stop.b", "stop"),
    step("retire.a", "stop", ["stop.a"]),
    step("recreate", "recreate", ["stop.a", "stop.b"]),
    step("restart", "start", ["retire.a", "recreate"]),
  ]);
  assert.deepEqual(
    phases.map(({ phase, count, groups }) => [phase, count, groups.map((group) => group.length)]),
    [
      ["stop", 3, [2, 1]],
      ["recreate", 1, [1]],
      ["start", 1, [1]],
    ],
  );
});

test("steps that wait for each other do not hang the page", () => {
  assert.equal(planPhases([step("a", "stop", ["b"]), step("b", "stop", ["a"])]).length, 1);
});
