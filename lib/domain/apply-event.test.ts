import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEvent, IllegalEvent, replay } from "./apply-event.ts";
import { type By, RunEvent, type RunEventBody } from "./events.ts";
import type { DeploymentId, NodeId, PlanId, RunId, StepId } from "./ids.ts";
import { whyNot } from "./run-commands.ts";

const runId = "run_000000000001" as RunId;
const by: By = { userId: "u1", name: "Operator" };
const [a, b, back] = ["stop.a", "stop.b", "rollback.stop.a"] as StepId[] as [
  StepId,
  StepId,
  StepId,
];
const nodeId = "nod_000000000001" as NodeId;
const otherNode = "nod_000000000002" as NodeId;

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

const begun: RunEventBody[] = [
  { type: "run.created", deploymentId: "dep_000000000001" as DeploymentId, by },
  {
    type: "leg.started",
    leg: "forward",
    planId: "pln_000000000001" as PlanId,
    planHash: "h",
    stepIds: [a, b],
    by,
  },
  { type: "run.taken-up", worker: "w", generation: 1 },
];
const started = (stepId: StepId, attempt = 1): RunEventBody => ({
  type: "step.started",
  stepId,
  attempt,
});
const finished = (stepId: StepId, attempt = 1): RunEventBody => ({
  type: "step.finished",
  stepId,
  attempt,
  output: { ok: true },
  from: "run",
});
const failed = (stepId: StepId): RunEventBody => ({
  type: "step.failed",
  stepId,
  attempt: 1,
  error: { code: "command.failed", message: "no", remedy: "mend", retryable: false },
});
const mark = (node: NodeId, time: string): RunEventBody => ({
  type: "time.recorded",
  mark: "T1",
  stepId: a,
  nodeId: node,
  hostTime: time,
  time,
  skewMs: 0,
});
const rollback: RunEventBody = {
  type: "leg.started",
  leg: "rollback",
  planId: "pln_000000000002" as PlanId,
  planHash: "h2",
  stepIds: [back],
  by,
};

const whole: RunEventBody[] = [
  ...begun,
  started(a),
  started(b),
  mark(otherNode, "2026-01-01T02:00:02.000Z"),
  mark(nodeId, "2026-01-01T02:00:01.000Z"),
  finished(a),
  failed(b),
  { type: "run.paused", reason: "failed", stepIds: [b] },
  { type: "step.reset", stepId: b, by },
  { type: "run.resumed", by },
  started(b, 2),
  finished(b, 2),
  { type: "run.succeeded" },
  rollback,
  started(back),
  finished(back),
  { type: "run.rolled-back" },
];

test("a whole run folds to its end, and every prefix to a state that says the same again", () => {
  const events = journal(...whole);
  for (let length = 1; length <= events.length; length++) {
    const prefix = events.slice(0, length);
    const state = replay(prefix);
    assert.equal(state?.seq, length);
    assert.deepEqual(replay(prefix), state);
    // JSON is how events are stored and sent: nothing may be lost on the way.
    assert.deepEqual(replay(RunEvent.array().parse(JSON.parse(JSON.stringify(prefix)))), state);
  }
  const end = replay(events);
  assert.equal(end?.status, "rolled-back");
  assert.equal(end?.steps[b]?.attempt, 2);
});

test("the argument is never changed", () => {
  const events = journal(...whole);
  for (const [index, event] of events.entries()) {
    const state = replay(events.slice(0, index));
    const before = JSON.stringify(state);
    applyEvent(state, event);
    assert.equal(JSON.stringify(state), before);
  }
});

test("duplicates, gaps and other runs' events are refused", () => {
  const events = journal(...whole);
  for (let index = 1; index < events.length; index++) {
    const state = replay(events.slice(0, index));
    const [previous, next, later] = [events[index - 1]!, events[index]!, events[index + 1]];
    assert.throws(() => applyEvent(state, previous), IllegalEvent);
    if (later) assert.throws(() => applyEvent(state, later), IllegalEvent);
    assert.throws(
      () => applyEvent(state, { ...next, runId: "run_000000000009" as RunId }),
      IllegalEvent,
    );
  }
});

describe("illegal transitions", () => {
  const cases: [string, RunEventBody[], RunEventBody][] = [
    ["a journal that does not open", [], finished(a)],
    ["a step that does not exist", begun, started("nowhere" as StepId)],
    ["an end without a start", begun, finished(a)],
    ["a second start of a running step", [...begun, started(a)], started(a, 2)],
    ["an attempt that was left out", begun, started(a, 2)],
    ["the end of another attempt", [...begun, started(a)], finished(a, 2)],
    ["success with a step open", [...begun, started(a), finished(a)], { type: "run.succeeded" }],
    [
      "a pause with a step in flight",
      [...begun, started(a)],
      { type: "run.paused", reason: "operator", stepIds: [] },
    ],
    ["a rollback while running", begun, rollback],
    ["skipping a step that waits", begun, { type: "step.skipped", stepId: a, reason: "why", by }],
    ["anything after the end", whole, started(back, 2)],
    ["a second rollback", whole, { ...rollback, stepIds: [] } as RunEventBody],
  ];
  for (const [name, before, event] of cases) {
    test(name, () => {
      const events = journal(...before, event);
      const last = events.pop()!;
      assert.throws(() => applyEvent(replay(events), last), IllegalEvent);
    });
  }
});

test("T1 is the first of the moments that the nodes report, and a second report changes nothing", () => {
  const two = whole.slice(0, 7);
  assert.equal(replay(journal(...two))?.marks.T1?.nodeId, nodeId);
  const again = journal(...two, mark(nodeId, "2026-01-01T01:59:59.000Z"));
  assert.equal(replay(again)?.marks.T1?.time, "2026-01-01T02:00:01.000Z");
});

test("buttons follow from the state alone", () => {
  const at = (count: number) => replay(journal(...whole.slice(0, count)))!;
  assert.equal(whyNot(at(4), "pause"), null);
  assert.match(whyNot(at(4), "rollback") ?? "", /running/);
  const paused = at(10);
  assert.match(whyNot(paused, "resume") ?? "", /stop\.b is failed/);
  assert.equal(whyNot(paused, "retry", b), null);
  assert.match(whyNot(paused, "retry", a) ?? "", /succeeded/);
  assert.equal(whyNot(paused, "rollback"), null);
  assert.equal(whyNot(at(15), "rollback"), null);
  assert.notEqual(whyNot(at(whole.length), "rollback"), null);
});
