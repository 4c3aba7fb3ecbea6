import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "../apply-event.ts";
import { type By, RunEvent, type RunEventBody } from "../events.ts";
import type { CommandId, DeploymentId, NodeId, PlanId, RunId, StepId } from "../ids.ts";
import { activityOf } from "./activity.ts";
import { momentsOf, skewWords } from "./moments.ts";

const runId = "run_000000000001" as RunId;
const by: By = { userId: "u1", name: "Ann" };
const [a, b] = ["stop.a", "stop.b"] as StepId[] as [StepId, StepId];
const [hostA, hostB] = ["nod_00000000000a", "nod_00000000000b"] as NodeId[] as [NodeId, NodeId];

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

const leg: RunEventBody = {
  type: "leg.started",
  leg: "forward",
  planId: "pln_000000000001" as PlanId,
  planHash: "h",
  stepIds: [a, b],
  by,
};
const begun: RunEventBody[] = [
  { type: "run.created", deploymentId: "dep_000000000001" as DeploymentId, by },
  leg,
  { type: "run.taken-up", worker: "w", generation: 1 },
];
const started = (stepId: StepId, attempt = 1): RunEventBody => ({
  type: "step.started",
  stepId,
  attempt,
});
const finished = (stepId: StepId, from: "run" | "probe" = "run"): RunEventBody => ({
  type: "step.finished",
  stepId,
  attempt: 1,
  output: null,
  from,
});
const stopped = (nodeId: NodeId, time: string): RunEventBody => ({
  type: "time.recorded",
  mark: "T1",
  stepId: a,
  nodeId,
  hostTime: time,
  time,
  skewMs: 0,
});
const failed: RunEventBody = {
  type: "step.failed",
  stepId: b,
  attempt: 1,
  error: {
    code: "command.failed",
    message: "It said no.",
    remedy: "Mend it.",
    retryable: false,
  },
};
const accepted = (kind: "retry" | "skip", reason: string): RunEventBody => ({
  type: "command.accepted",
  commandId: "cmd_000000000001" as CommandId,
  kind,
  stepId: b,
  reason,
  by,
});

function told(...bodies: RunEventBody[]) {
  const events = journal(...bodies);
  const state = replay(events);
  assert.ok(state);
  return activityOf(events, state, []);
}

test("a retry with its reason is one sentence, and the second attempt is told as such", () => {
  const lines = told(
    ...begun,
    started(b),
    failed,
    { type: "run.paused", reason: "failed", stepIds: [b] },
    accepted("retry", "disk was full"),
    { type: "step.reset", stepId: b, by },
    { type: "run.resumed", by },
    { type: "run.taken-up", worker: "w", generation: 1 },
    started(b, 2),
  );
  assert.deepEqual(
    lines.map(({ kind, text, detail }) => [kind, text, detail]),
    [
      ["person", "Ann started the upgrade: 2 steps.", undefined],
      ["step", "stop.b", undefined],
      ["trouble", "Failed: stop.b. It said no.", "Mend it."],
      ["pause", "The run stands and waits for a decision.", undefined],
      ["person", 'Ann asked to try "stop.b" again.', "Reason: disk was full"],
      ["step", "stop.b", undefined],
    ],
  );
  assert.equal(lines[1]?.attempt?.status, "failed");
  assert.equal(lines[5]?.attempt?.number, 2);
  assert.equal(lines[5]?.attempt?.endedAt, null);
});

test("a reason belongs to its own command and to none after it", () => {
  const lines = told(
    ...begun,
    started(b),
    failed,
    { type: "run.paused", reason: "failed", stepIds: [b] },
    accepted("skip", "not needed here"),
    { type: "step.skipped", stepId: b, reason: "not needed here", by },
    { type: "run.resumed", by },
    { type: "run.pause-requested", by },
  );
  const people = lines.filter(({ kind }) => kind === "person").map(({ detail }) => detail);
  assert.deepEqual(people, [undefined, "Reason: not needed here", undefined]);
});

test("a restart of the dashboard is told; the engine's own hand-over is not", () => {
  const taken: RunEventBody = { type: "run.taken-up", worker: "w2", generation: 2 };
  const lines = told(
    ...begun,
    started(a),
    taken,
    { type: "step.reattached", stepId: a, attempt: 1 },
    finished(a, "probe"),
  );
  assert.deepEqual(
    lines.map(({ kind }) => kind),
    ["person", "step", "machine", "machine"],
  );
  assert.equal(lines[1]?.attempt?.foundDone, true);
});

test("of the moments that the nodes report only the run's own is told", () => {
  const events = journal(
    ...begun,
    started(a),
    stopped(hostB, "2026-01-01T02:00:05.000Z"),
    stopped(hostA, "2026-01-01T02:00:04.000Z"),
  );
  const state = replay(events);
  assert.ok(state);
  const moments = activityOf(events, state, []).filter(({ kind }) => kind === "moment");
  assert.deepEqual(
    moments.map(({ host }) => host),
    [hostA],
  );
  assert.deepEqual(
    momentsOf(state).map(({ nodeId }) => nodeId),
    [hostA],
  );
});

test("a command stands in the activity with its host, its step and what it said", () => {
  const command = (nodeId: NodeId, text: string, output: string): RunEventBody => ({
    type: "step.command",
    stepId: a,
    attempt: 1,
    nodeId,
    kind: "shell",
    command: text,
    exitCode: 0,
    durationMs: 5,
    output,
  });
  const events = journal(
    ...begun,
    started(a),
    command(hostA, "docker stop oms_330", "oms_330"),
    command(hostB, "docker ps", "Nothing"),
  );
  const state = replay(events);
  assert.ok(state);
  const lines = activityOf(events, state, []).filter(({ kind }) => kind === "command");
  assert.deepEqual(
    lines.map(({ host, stepId, command: run }) => [host, stepId, run?.command, run?.output]),
    [
      [hostA, a, "docker stop oms_330", "oms_330"],
      [hostB, a, "docker ps", "Nothing"],
    ],
  );
});

test("a host's skew in words", () => {
  assert.deepEqual([0, -41, 2345].map(skewWords), ["none", "41 ms behind", "2.3 s ahead"]);
});
