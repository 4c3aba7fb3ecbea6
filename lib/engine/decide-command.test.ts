import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEvent, replay } from "#lib/domain/apply-event.ts";
import {
  type By,
  OperatorCommandKind,
  type PauseReason,
  RunEvent,
  type RunEventBody,
} from "#lib/domain/events.ts";
import type { CommandId, DeploymentId, PlanId, RunId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { type RunState, runStatuses, type StepState, stepStatuses } from "#lib/domain/run.ts";
import { needsReason, whyNot } from "#lib/domain/run-commands.ts";
import { english } from "#lib/i18n/english.ts";
import type { OperatorCommand } from "#lib/store/types.ts";
import { decideCommand } from "./decide-command.ts";

const runId = "run_000000000001" as RunId;
const by: By = { userId: "u1", name: "Ann" };
const [a, b, gate, back] = ["stop.a", "stop.b", "gate.start", "rollback.stop.a"] as StepId[] as [
  StepId,
  StepId,
  StepId,
  StepId,
];

function stateAfter(...bodies: RunEventBody[]): RunState {
  const events = bodies.map((body, index) =>
    RunEvent.parse({ runId, seq: index + 1, at: new Date(index).toISOString(), body }),
  );
  const state = replay(events);
  assert.ok(state);
  return state;
}

const queued: RunEventBody[] = [
  { type: "run.created", deploymentId: "dep_000000000001" as DeploymentId, by },
  {
    ...{ type: "leg.started", leg: "forward", planId: "pln_000000000001" as PlanId },
    ...{ planHash: "h", stepIds: [a, b, gate], by },
  },
];
const running: RunEventBody[] = [
  ...queued,
  { type: "run.taken-up", worker: "w", generation: 1 },
  { type: "step.started", stepId: a, attempt: 1 },
];
const error = { code: "command.failed" as const, message: "", remedy: "", retryable: false };
const ended = (stepId: StepId): RunEventBody => ({
  ...{ type: "step.finished", stepId, attempt: 1, output: null, from: "run" },
});
const paused = (reason: PauseReason): RunEventBody => ({ type: "run.paused", reason, stepIds: [] });
const done = [...running, ended(a), { type: "step.started", stepId: b, attempt: 1 }, ended(b)];
const atGate = [...done, { type: "gate.reached", stepId: gate }] as RunEventBody[];
const rolling: RunEventBody[] = [
  ...running,
  { type: "step.failed", stepId: a, attempt: 1, error },
  paused("failed"),
  {
    ...{ type: "leg.started", leg: "rollback", planId: "pln_000000000002" as PlanId },
    ...{ planHash: "h2", stepIds: [back], by },
  },
  { type: "step.started", stepId: back, attempt: 1 },
];

/** States in which a run can be, made of the events that lead there. */
const states: Record<string, RunState> = {
  queued: stateAfter(...queued),
  running: stateAfter(...running),
  "asked to pause": stateAfter(...running, { type: "run.pause-requested", by }),
  "asked to cancel": stateAfter(...running, {
    ...{ type: "step.cancel-requested", stepId: a, attempt: 1, reason: "stuck", by },
  }),
  "one failed, one runs": stateAfter(
    ...running,
    { type: "step.started", stepId: b, attempt: 1 },
    { type: "step.failed", stepId: b, attempt: 1, error },
  ),
  "paused by an operator": stateAfter(...running, ended(a), paused("operator")),
  "paused, failed": stateAfter(
    ...running,
    { type: "step.failed", stepId: a, attempt: 1, error },
    paused("failed"),
  ),
  "paused, uncertain": stateAfter(
    ...running,
    { type: "step.uncertain", stepId: a, attempt: 1, error },
    paused("uncertain"),
  ),
  "paused, two failed": stateAfter(
    ...running,
    { type: "step.started", stepId: b, attempt: 1 },
    { type: "step.failed", stepId: a, attempt: 1, error },
    { type: "step.uncertain", stepId: b, attempt: 1, error },
    paused("uncertain"),
  ),
  "at a gate, not yet paused": stateAfter(...(atGate as RunEventBody[])),
  "paused at a gate": stateAfter(...atGate, paused("gate")),
  "paused by an operator at a gate": stateAfter(...atGate, paused("operator")),
  "paused, failed, at a gate": stateAfter(
    ...running,
    { type: "gate.reached", stepId: gate },
    { type: "step.failed", stepId: a, attempt: 1, error },
    paused("failed"),
  ),
  "skipped and marked done": stateAfter(
    ...running,
    { type: "step.started", stepId: b, attempt: 1 },
    { type: "step.failed", stepId: a, attempt: 1, error },
    { type: "step.failed", stepId: b, attempt: 1, error },
    paused("failed"),
    { type: "step.skipped", stepId: a, reason: "r", by },
    { type: "step.marked-done", stepId: b, reason: "r", by },
  ),
  succeeded: stateAfter(
    ...atGate,
    { type: "gate.approved", stepId: gate, note: null, by },
    { type: "run.succeeded" },
  ),
  "rolling back": stateAfter(...rolling),
  "a rollback that failed": stateAfter(
    ...rolling,
    { type: "step.failed", stepId: back, attempt: 1, error },
    paused("failed"),
  ),
  "rolled back": stateAfter(...rolling, ended(back), { type: "run.rolled-back" }),
  abandoned: stateAfter(...queued, { type: "run.abandoned", reason: "no", by }),
};

const rollbackPlan = {
  id: "pln_000000000003",
  undoes: { runId, attempts: 0 },
  steps: [{ id: "rollback.again" }],
} as unknown as Plan;

/** A rollback plan that fits the state as it is. */
function planFor(state: RunState): Plan {
  const attempts = Object.values(state.steps)
    .filter(({ leg }) => leg === "forward")
    .reduce((sum, step) => sum + step.attempt, 0);
  return { ...rollbackPlan, undoes: { runId, attempts, hop: 1 } };
}

function command(kind: OperatorCommandKind, part: Partial<OperatorCommand> = {}): OperatorCommand {
  return {
    ...{ id: "cmd_000000000001" as CommandId, runId, kind, stepId: null, reason: "because" },
    ...{ planId: null, planHash: "h3", by },
    ...part,
  };
}

/** Applies events as the journal would. @throws IllegalEvent */
function apply(state: RunState, bodies: readonly RunEventBody[]): RunState {
  return bodies.reduce<RunState>(
    (before, body) =>
      applyEvent(before, { runId, seq: before.seq + 1, at: new Date().toISOString(), body }),
    state,
  );
}

test("the states of this test cover every status of runs and steps", () => {
  const all = Object.values(states);
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set(runStatuses));
  const steps = all.flatMap((state) => Object.values(state.steps));
  assert.deepEqual(new Set(steps.map(({ status }) => status)), new Set(stepStatuses));
});

describe("every command in every state, for every step", () => {
  for (const [name, state] of Object.entries(states)) {
    test(name, () => {
      for (const kind of OperatorCommandKind.options) {
        for (const stepId of [null, "nowhere" as StepId, ...state.stepIds]) {
          const decided = decideCommand(state, command(kind, { stepId }), planFor(state));
          const [first] = decided;
          const why = whyNot(state, kind, stepId);
          const words = `${kind} ${stepId}: ${JSON.stringify(decided)}`;
          // The engine says what the button said.
          if (why !== null) {
            assert.equal(decided.length, 1, words);
            assert.partialDeepStrictEqual(first, { type: "command.refused", kind, why });
          } else if (kind !== "leave-out") {
            // Which node may be left out has rules of its own: tests/leave-out.test.ts.
            assert.equal(first?.type, "command.accepted", words);
            assert.ok(decided.length > 1, words);
          }
          // Whatever is decided can be journalled.
          apply(state, decided);
        }
      }
    });
  }
});

test("a command that needs a reason is refused without one", () => {
  for (const state of Object.values(states)) {
    for (const kind of OperatorCommandKind.options.filter(needsReason)) {
      for (const stepId of [null, ...state.stepIds]) {
        for (const reason of [null, "", "  "]) {
          const decided = decideCommand(state, command(kind, { stepId, reason }), null);
          assert.deepEqual(
            decided.map(({ type }) => type),
            ["command.refused"],
          );
        }
      }
    }
  }
});

describe("what a command causes", () => {
  const cases: [string, keyof typeof states, OperatorCommandKind, StepId | null, string[]][] = [
    ["a pause waits for steps", "running", "pause", null, ["run.pause-requested"]],
    ["resume", "paused by an operator", "resume", null, ["run.resumed"]],
    ["a retry resumes", "paused, failed", "retry", a, ["step.reset", "run.resumed"]],
    ["a retry beside another trouble does not", "paused, two failed", "retry", a, ["step.reset"]],
    ["a skip resumes", "paused, uncertain", "skip", a, ["step.skipped", "run.resumed"]],
    ["marked done", "paused, two failed", "mark-done", b, ["step.marked-done"]],
    ["cancel only wishes", "running", "cancel", a, ["step.cancel-requested"]],
    ["an approval resumes", "paused at a gate", "approve", gate, ["gate.approved", "run.resumed"]],
    [
      "an approval leaves an operator's pause alone",
      "paused by an operator at a gate",
      "approve",
      gate,
      ["gate.approved"],
    ],
    ["and a step in trouble, too", "paused, failed, at a gate", "approve", gate, ["gate.approved"]],
    [
      "a run that had not come to stand goes on by itself",
      "at a gate, not yet paused",
      "approve",
      gate,
      ["gate.approved"],
    ],
    ["given up", "paused at a gate", "abandon", null, ["run.abandoned"]],
    ["rolled back", "paused at a gate", "rollback", null, ["leg.started"]],
  ];
  for (const [name, at, kind, stepId, expected] of cases) {
    test(name, () => {
      const state = states[at];
      assert.ok(state);
      const decided = decideCommand(state, command(kind, { stepId }), planFor(state));
      assert.deepEqual(
        decided.map(({ type }) => type),
        ["command.accepted", ...expected],
      );
      apply(state, decided);
    });
  }

  test("an approval keeps who and the note; none is fine", () => {
    const state = states["paused at a gate"];
    assert.ok(state);
    for (const [reason, text] of [
      ["  backups seen ", "backups seen"],
      ["", ""],
      [null, ""],
    ] as const) {
      const decided = decideCommand(state, command("approve", { stepId: gate, reason }), null);
      const step: StepState | undefined = apply(state, decided).steps[gate];
      assert.equal(step?.status, "succeeded");
      assert.deepEqual(step.reason, { text, by });
    }
  });

  test("a confirmation covers what the step asked for, and lets the run go on", () => {
    const asking = stateAfter(
      ...running,
      {
        ...{ type: "step.failed", stepId: a, attempt: 1 },
        error: { ...error, code: "metadb.in_use", confirm: ["location:2", "node:10.0.0.9"] },
      },
      paused("failed"),
    );
    const events = decideCommand(asking, command("confirm", { stepId: a }), null);
    assert.partialDeepStrictEqual(events.slice(1), [
      {
        ...{ type: "step.confirmed", stepId: a, reason: "because" },
        keys: ["location:2", "node:10.0.0.9"],
      },
      { type: "run.resumed" },
    ]);
    const after = apply(asking, events);
    assert.equal(after.status, "running");
    assert.deepEqual(
      after.confirmed.map(({ key }) => key),
      ["location:2", "node:10.0.0.9"],
    );
    const [refused] = decideCommand(
      states["paused, failed"] as RunState,
      command("confirm", { stepId: a }),
      null,
    );
    assert.equal(refused?.type, "command.refused");
  });

  test("a cancel is of the attempt that runs, is seen on the step, and is over with it", () => {
    const { running: state } = states;
    assert.ok(state);
    const cancelling = apply(state, decideCommand(state, command("cancel", { stepId: a }), null));
    assert.partialDeepStrictEqual(cancelling.steps[a]?.cancel, { reason: "because", by });
    const again = apply(cancelling, [
      { type: "step.failed", stepId: a, attempt: 1, error },
      paused("failed"),
      { type: "step.reset", stepId: a, by },
    ]);
    assert.equal(again.steps[a]?.cancel, null);
  });
});

describe("a rollback", () => {
  const { "paused, failed": state } = states;
  const refused = (plan: Plan | null, part: Partial<OperatorCommand> = {}) => {
    assert.ok(state);
    const [first] = decideCommand(state, command("rollback", part), plan);
    return first?.type === "command.refused" ? first.why : "";
  };

  test("runs only the plan that was reviewed for this run as it is", () => {
    assert.ok(state);
    const fits = planFor(state);
    assert.match(english(refused(null)), /was not found/);
    assert.match(english(refused(fits, { planHash: null })), /was not found/);
    const other = "run_000000000002" as RunId;
    assert.match(
      english(refused({ ...fits, undoes: { runId: other, attempts: 1, hop: 1 } })),
      /another run/,
    );
    assert.match(english(refused({ ...fits, undoes: { runId, attempts: 7, hop: 1 } })), /moved on/);
  });
});
