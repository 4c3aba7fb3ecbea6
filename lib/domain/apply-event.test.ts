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
const reached = (stepId: StepId): RunEventBody => ({ type: "gate.reached", stepId });
const approved = (stepId: StepId): RunEventBody => ({
  type: "gate.approved",
  stepId,
  note: null,
  by,
});
const skipped = (stepId: StepId): RunEventBody => ({
  type: "step.skipped",
  stepId,
  reason: "why",
  by,
});
const cancel = (stepId: StepId, attempt = 1): RunEventBody => ({
  ...{ type: "step.cancel-requested", stepId, attempt, reason: "stuck", by },
});
const operatorPause: RunEventBody = { type: "run.paused", reason: "operator", stepIds: [] };
const abandoned: RunEventBody = { type: "run.abandoned", reason: "no", by };
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
    ["a gate reached by a step that runs", [...begun, started(a)], reached(a)],
    ["a gate reached while the run stands", [...begun, operatorPause], reached(a)],
    ["a gate reached twice", [...begun, reached(a)], reached(a)],
    ["an approval of a gate that was not reached", begun, approved(a)],
    ["a second approval", [...begun, reached(a), approved(a)], approved(a)],
    ["an approval of a step in trouble", [...begun, started(a), failed(a)], approved(a)],
    ["an approval after the end", [...begun, reached(a), abandoned], approved(a)],
    ["a gate that is done as a step is", [...begun, reached(a)], finished(a)],
    ["skipping a gate", [...begun, reached(a)], skipped(a)],
    [
      "success with a gate waiting",
      [...begun, started(b), finished(b), reached(a)],
      { type: "run.succeeded" },
    ],
    ["a wish to cancel what does not run", begun, cancel(a)],
    ["a wish to cancel another attempt", [...begun, started(a)], cancel(a, 2)],
    ["a second wish to cancel", [...begun, started(a), cancel(a)], cancel(a)],
    ["a wish to cancel what has ended", [...begun, started(a), finished(a)], cancel(a)],
    ["a wish to cancel a gate", [...begun, reached(a)], cancel(a)],
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

test("a gate waits from when it was reached, the run pauses around it, an approval settles it", () => {
  const waiting = journal(...begun, started(a), finished(a), reached(b), {
    ...{ type: "run.paused", reason: "gate", stepIds: [b] },
  });
  const state = replay(waiting);
  assert.partialDeepStrictEqual(state?.steps[b], {
    status: "waiting",
    attempt: 0,
    startedAt: waiting.at(-2)?.at,
    endedAt: null,
  });
  const on = replay(
    journal(
      ...waiting.map(({ body }) => body),
      { type: "gate.approved", stepId: b, note: "go", by },
      { type: "run.resumed", by },
      { type: "run.succeeded" },
    ),
  );
  assert.equal(on?.status, "succeeded");
  assert.deepEqual(on.steps[b]?.reason, { text: "go", by });
});

test("a gate that nobody approved waits no longer once its leg is given up", () => {
  const waiting = [...begun, started(a), finished(a), reached(b)];
  const rolledBack = replay(
    journal(...waiting, { type: "run.paused", reason: "gate", stepIds: [b] }, rollback),
  );
  const givenUp = replay(journal(...waiting, operatorPause, abandoned));
  for (const state of [rolledBack, givenUp]) {
    assert.equal(state?.steps[b]?.status, "pending");
    assert.notEqual(state.steps[b]?.endedAt, null);
  }
});

test("a node that is left out takes its steps with it, failed or not begun, and nothing else", () => {
  const silentSince = "2026-01-01T02:05:00.000Z";
  const leave: RunEventBody = {
    ...{ type: "node.left-out", nodeId, stepId: b, silentSince, reason: "burned", by },
  };
  const paused = whole.slice(0, 10);
  const away: RunEventBody = { type: "step.left-out", stepId: b, nodeId };
  const state = replay(journal(...paused, leave, away));
  assert.equal(state?.steps[b]?.status, "skipped");
  assert.deepEqual(state.steps[b].reason, { text: "burned", by });
  assert.equal(state.leftOut[nodeId]?.reason, "burned");
  for (const wrong of [
    [...paused, away],
    [...paused, leave, leave],
    [...paused, leave, { ...away, stepId: a }],
    [...whole.slice(0, 8), leave],
  ] as RunEventBody[][]) {
    assert.throws(() => replay(journal(...wrong)), IllegalEvent);
  }
});

test("what a person confirms is known to the whole run, and the step is tried again", () => {
  const confirm = ["session:mon@10.9.9.9/oms_rm"];
  const asks = (keys?: string[]): RunEventBody => ({
    ...{ type: "step.failed", stepId: a, attempt: 1 },
    error: {
      ...{ code: "metadb.in_use", message: "", remedy: "", retryable: true },
      ...(keys ? { confirm: keys } : {}),
    },
  });
  const confirmed: RunEventBody = {
    ...{ type: "step.confirmed", stepId: a, keys: confirm, reason: "our monitoring", by },
  };
  const state = replay(journal(...begun, started(a), asks(confirm), confirmed));
  assert.equal(state?.steps[a]?.status, "pending");
  assert.equal(state.steps[a].error, null);
  assert.partialDeepStrictEqual(state.confirmed, [
    { key: confirm[0], reason: "our monitoring", by },
  ]);
  for (const wrong of [
    [...begun, started(a), asks(), confirmed],
    [...begun, started(a), confirmed],
    [...begun, started(a), asks(confirm), confirmed, confirmed],
  ] as RunEventBody[][]) {
    assert.throws(() => replay(journal(...wrong)), IllegalEvent);
  }
});

test("T1 is the first of the moments that the nodes report, and a second report changes nothing", () => {
  const two = whole.slice(0, 7);
  assert.equal(replay(journal(...two))?.marks.T1?.nodeId, nodeId);
  const again = journal(...two, mark(nodeId, "2026-01-01T01:59:59.000Z"));
  assert.equal(replay(again)?.marks.T1?.time, "2026-01-01T02:00:01.000Z");
});

test("a host is away from the moment that was noticed until it answers or nobody looks any more", () => {
  const error = {
    ...{ code: "ssh.unreachable" as const, message: "no answer", remedy: "look", retryable: true },
  };
  const lost = (nodeId: NodeId, since: string): RunEventBody => ({
    ...{ type: "host.lost", nodeId, since, error },
  });
  const since = "2026-01-01T02:00:03.000Z";
  const away = [...begun, started(a), lost(nodeId, since), lost(otherNode, since)];
  const at = (...bodies: RunEventBody[]) => replay(journal(...bodies))?.unreachable;
  assert.deepEqual(at(...away), { [nodeId]: { since, error }, [otherNode]: { since, error } });
  // Told twice, the first moment stays and the last reason counts; an answer of one that was never missed changes nothing.
  const better = { ...error, code: "bastion.unreachable" as const, message: "the bastion" };
  const later = { ...lost(nodeId, "2026-01-01T02:09:00.000Z"), error: better } as RunEventBody;
  const again = [...away, later];
  assert.deepEqual(at(...again)?.[nodeId], { since, error: better });
  assert.deepEqual(at(...begun, { type: "host.back", nodeId }), {});
  assert.deepEqual(Object.keys(at(...again, { type: "host.back", nodeId }) ?? {}), [otherNode]);
  const stands: RunEventBody[] = [
    ...away,
    failed(a),
    { type: "run.paused", reason: "failed", stepIds: [a] },
  ];
  assert.deepEqual(at(...stands), {});
  // Words that come behind the pause are late, not a fault.
  assert.deepEqual(at(...stands, lost(nodeId, since)), {});
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

test("the journal says what a run is for; a practice has no way back", () => {
  const practice = begun.map((body) =>
    body.type === "run.created" ? { ...body, purpose: "practice" as const } : body,
  );
  assert.equal(replay(journal(...begun))?.purpose, "upgrade");
  assert.equal(replay(journal(...practice))?.purpose, "practice");
  const rollback: RunEventBody = {
    ...{ type: "leg.started", leg: "rollback", planHash: "h", stepIds: ["r" as StepId], by },
    planId: "pln_000000000002" as PlanId,
  };
  assert.throws(
    () => replay(journal(...practice, operatorPause, rollback)),
    /a practice has nothing to roll back/,
  );
});
