import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { replay } from "../apply-event.ts";
import { type By, RunEvent, type RunEventBody } from "../events.ts";
import type { CommandId, DeploymentId, NodeId, PlanId, RunId, StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import { activityOf } from "../run-activity/activity.ts";
import { Gate, type Step } from "../step.ts";
import { gatesInOrder, gateWords } from "./gate-words.ts";
import { phasesOf } from "./phases.ts";
import { lanesOf, spanOfLeg } from "./timeline.ts";

/** A run that comes to the gate before the new containers, as its views show it. */
const [prove, gate, start] = ["prove.rm", "gate.start", "start.a"] as StepId[] as [
  StepId,
  StepId,
  StepId,
];
const nodeId = "nod_000000000001" as NodeId;
const by: By = { userId: "u1", name: "Ann" };

const step = (id: StepId, kind: Step["kind"], phase: Step["phase"], params: object, after = "") =>
  ({
    ...{ id, kind, phase, hop: null, params, after: after ? [after] : [] },
    scope: { type: "deployment" },
  }) as unknown as Step;

const plan = {
  leg: "forward",
  hosts: [{ nodeId, name: "a" }],
  steps: [
    step(prove, "dump.verify", "backup", { nodeId, database: "rm" }),
    step(gate, "gate", "start", { before: "start" }, prove),
    step(start, "container.start", "start", { nodeId, container: { name: "oms_331" } }, gate),
  ],
} as unknown as Plan;

const runId = "run_000000000001" as RunId;
function journal(...bodies: RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) =>
    RunEvent.parse({
      runId,
      seq: index + 1,
      at: new Date(Date.UTC(2026, 0, 1, 2, 0, index)).toISOString(),
      body,
    }),
  );
}

const waiting: RunEventBody[] = [
  { type: "run.created", deploymentId: "dep_000000000001" as DeploymentId, by },
  {
    ...{ type: "leg.started", leg: "forward", planId: "pln_000000000001" as PlanId },
    ...{ planHash: "h", stepIds: [prove, gate, start], by },
  },
  { type: "run.taken-up", worker: "w", generation: 1 },
  { type: "step.started", stepId: prove, attempt: 1 },
  { type: "step.finished", stepId: prove, attempt: 1, output: null, from: "run" },
  { type: "gate.reached", stepId: gate },
  { type: "run.paused", reason: "gate", stepIds: [gate] },
];
const approved: RunEventBody[] = [
  {
    ...{ type: "command.accepted", commandId: "cmd_000000000001" as CommandId },
    ...{ kind: "approve", stepId: gate, reason: "backups seen", by },
  },
  { type: "gate.approved", stepId: gate, note: "backups seen", by },
  { type: "run.resumed", by },
  { type: "run.taken-up", worker: "w", generation: 2 },
  { type: "step.started", stepId: start, attempt: 1 },
];

function stateAfter(...bodies: RunEventBody[]) {
  const state = replay(journal(...bodies));
  assert.ok(state);
  return state;
}

describe("while the run waits", () => {
  const state = stateAfter(...waiting);

  test("its phase waits, with no time of its own and only its work counted", () => {
    assert.deepEqual(phasesOf(plan, state)[1], {
      phase: "start",
      hop: null,
      status: "waiting",
      done: 0,
      all: 1,
      from: null,
      to: null,
    });
  });

  test("the wait is an open bar in a lane of its own", () => {
    const lane = lanesOf(plan, state).find(({ id }) => id === "gates");
    assert.deepEqual(
      lane?.bars.map((bar) => [bar.step.id, bar.to]),
      [[gate, null]],
    );
    assert.equal(spanOfLeg(state, "forward")?.to, null);
  });
});

describe("once approved", () => {
  const state = stateAfter(...waiting, ...approved);

  test("the phase begins with its first step, and the bar has an end", () => {
    const row = phasesOf(plan, state)[1];
    assert.equal(row?.status, "running");
    assert.equal(row?.from, state.steps[start]?.startedAt);
    const lane = lanesOf(plan, state).find(({ id }) => id === "gates");
    assert.equal(lane?.bars[0]?.to, Date.parse(state.steps[gate]?.endedAt ?? ""));
  });

  test("the activity says who let it go on, with the note, once", () => {
    const lines = activityOf(journal(...waiting, ...approved), state, [plan]);
    assert.deepEqual(
      lines.slice(-3).map(({ kind, text, detail }) => [kind, text, detail]),
      [
        ["pause", "The run waits for an approval before the new containers.", undefined],
        ["person", "Ann approved: the run goes on with the new containers.", "Note: backups seen"],
        ["step", "Start oms_331 on a", undefined],
      ],
    );
  });
});

test("a leg that is given up no longer waits", () => {
  const state = stateAfter(...waiting, { type: "run.abandoned", reason: "no", by });
  assert.equal(state.steps[gate]?.status, "pending");
  assert.notEqual(spanOfLeg(state, "forward")?.to, null);
});

test("a run that never comes to a gate has no lane for it", () => {
  const state = stateAfter(...waiting.slice(0, 5));
  assert.ok(!lanesOf(plan, state).some(({ id }) => id === "gates"));
});

test("gates are named once each, in the order of the run; three of four cost outage", () => {
  assert.deepEqual(gatesInOrder(["ha-on", "stop", "stop"]), ["stop", "ha-on"]);
  assert.deepEqual(
    Gate.options.filter((one) => gateWords[one].down),
    ["start", "init", "ha-on"],
  );
});
