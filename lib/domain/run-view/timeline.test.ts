import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId, StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState, StepStatus } from "../run.ts";
import { criticalSteps, lanesOf, spanOfLeg, ticksOf } from "./timeline.ts";

const [a, b] = ["node_a", "node_b"] as NodeId[];
const onNode = (id: string, nodeId: NodeId | undefined, after: string[] = []) => ({
  ...{ id, after, kind: "container.stop", scope: { type: "host", nodeId }, params: { nodeId } },
});
const plan = {
  leg: "forward",
  hosts: [
    { nodeId: a, name: "hz-1" },
    { nodeId: b, name: "hz-2" },
  ],
  steps: [
    onNode("stop.a", a),
    onNode("look.a", a),
    onNode("stop.b", b),
    {
      id: "prune",
      after: ["stop.a", "stop.b"],
      kind: "heartbeat.prune",
      scope: { type: "deployment" },
      params: {},
    },
    { id: "gate.start", after: ["prune"], kind: "gate", params: { gate: "start" } },
  ],
} as unknown as Plan;

const at = (ms: number) => new Date(ms).toISOString();
function run(steps: Record<string, [StepStatus, number | null, number | null]>): RunState {
  const shown = Object.entries(steps).map(([id, [status, from, to]]) => [
    id,
    {
      ...{ id, status, leg: "forward" },
      startedAt: from === null ? null : at(from),
      endedAt: to === null ? null : at(to),
    },
  ]);
  return {
    plans: [{ leg: "forward", startedAt: at(0) }],
    steps: Object.fromEntries(shown),
  } as unknown as RunState;
}

test("every node has a lane, MetaDB and approvals once something of theirs began", () => {
  const nothing = lanesOf(plan, run({}));
  assert.deepEqual(
    nothing.map(({ name, bars, rows }) => [name, bars.length, rows]),
    [
      ["hz-1", 0, 1],
      ["hz-2", 0, 1],
    ],
  );
  const pruned = lanesOf(
    plan,
    run({ prune: ["running", 5, null], "gate.start": ["waiting", 9, null] }),
  );
  assert.deepEqual(
    pruned.map(({ name }) => name),
    ["hz-1", "hz-2", "MetaDB", "Approval"],
  );
});

test("steps that overlap in time stand below each other, others in one row", () => {
  const overlap = run({ "stop.a": ["succeeded", 0, 10], "look.a": ["running", 5, null] });
  assert.deepEqual(
    lanesOf(plan, overlap)[0]?.bars.map(({ step, row, to }) => [step.id, row, to]),
    [
      ["stop.a", 0, 10],
      ["look.a", 1, null],
    ],
  );
  const inTurn = run({ "stop.a": ["succeeded", 0, 5], "look.a": ["succeeded", 5, 8] });
  assert.equal(lanesOf(plan, inTurn)[0]?.rows, 1);
});

test("what decided the duration is the chain of steps that ended last", () => {
  const state = run({
    "stop.a": ["succeeded", 0, 3],
    "look.a": ["succeeded", 0, 99],
    "stop.b": ["succeeded", 0, 7],
    prune: ["succeeded", 7, 9],
    "gate.start": ["waiting", 9, null],
  });
  assert.deepEqual([...criticalSteps(plan, state)], ["gate.start", "prune", "stop.b"] as StepId[]);
});

test("a leg lasts until its last step has ended, and while one runs it has no end", () => {
  assert.deepEqual(spanOfLeg(run({ "stop.a": ["succeeded", 2, 8] }), "forward"), {
    from: 0,
    to: 8,
  });
  assert.deepEqual(spanOfLeg(run({ "stop.a": ["running", 2, null] }), "forward"), {
    ...{ from: 0, to: null },
  });
  assert.equal(spanOfLeg(run({}), "rollback"), null);
});

test("an axis has round marks, and twice as many when it is zoomed to twice its width", () => {
  assert.deepEqual(
    ticksOf(60_000),
    [0, 10, 20, 30, 40, 50, 60].map((seconds) => seconds * 1000),
  );
  assert.equal(ticksOf(60_000, 12).length, 13);
  assert.deepEqual(ticksOf(500), [0]);
});
