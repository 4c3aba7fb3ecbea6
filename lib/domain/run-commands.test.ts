import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ErrorInfo } from "./errors.ts";
import { type By, OperatorCommandKind, type PauseReason } from "./events.ts";
import type { DeploymentId, RunId, StepId } from "./ids.ts";
import { Role, roleMay } from "./roles.ts";
import {
  type RunState,
  type RunStatus,
  runStatuses,
  type StepStatus,
  stepStatuses,
} from "./run.ts";
import { needsReason, permissionFor, whyNot } from "./run-commands.ts";

const by: By = { userId: "u1", name: "Ann" };
const stepId = "stop.a" as StepId;
const asking: ErrorInfo = {
  ...{ code: "metadb.in_use", message: "", remedy: "", retryable: true },
  confirm: ["location:2"],
};

function stateOf(
  status: RunStatus,
  step: StepStatus = "pending",
  more: Partial<RunState> = {},
): RunState {
  const rolling = status === "rolling-back" || status === "rolled-back";
  const leg = more.leg ?? (rolling ? "rollback" : "forward");
  return {
    runId: "run_000000000001" as RunId,
    deploymentId: "dep_000000000001" as DeploymentId,
    purpose: "upgrade",
    ...{ status, leg, plans: [], stepIds: [stepId], pauseRequested: false, marks: {}, backups: [] },
    pause: status === "paused" ? { reason: "operator", stepIds: [], at: "" } : null,
    steps: {
      [stepId]: {
        ...{ id: stepId, leg, status: step, attempt: 1, startedAt: null, endedAt: null },
        ...{ output: null, lastTrouble: null, intent: null, progress: null },
        error: step === "failed" ? asking : null,
        ...{ commands: [], awaits: null, movedTo: null, cancel: null, reason: null },
      },
    },
    ...{
      unreachable: {},
      leftOut: {},
      confirmed: [],
      startedBy: by,
      createdAt: "",
      endedAt: null,
      seq: 1,
    },
    ...more,
  };
}

/** A table in text: its head names the columns, each line a row. */
function grid(text: string): Map<string, Map<string, string>> {
  const [head = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.map(([row = "", ...cells]) => [
      row,
      new Map(head.map((column, index) => [column, cells[index] ?? ""])),
    ]),
  );
}

/** For a step in a status that suits the command. */
const byRunStatus = grid(`
             queued  running  paused  succeeded  rolling-back  rolled-back  abandoned
  pause      no      yes      no      no         yes           no           no
  resume     no      no       yes     no         no            no           no
  retry      no      no       yes     no         no            no           no
  skip       no      no       yes     no         no            no           no
  mark-done  no      no       yes     no         no            no           no
  confirm    no      no       yes     no         no            no           no
  leave-out  no      no       yes     no         no            no           no
  approve    no      yes      yes     no         yes           no           no
  cancel     no      yes      no      no         yes           no           no
  abandon    yes     no       yes     no         no            no           no
  rollback   no      no       yes     yes        no            no           yes
`);

/** For a run in a status that suits the command. */
const byStepStatus = grid(`
             pending  running  waiting  succeeded  failed  uncertain  skipped  marked-done
  retry      no       no       no       no         yes     yes        no       no
  skip       no       no       no       no         yes     yes        no       no
  mark-done  no       no       no       no         yes     yes        no       no
  confirm    no       no       no       no         yes     no         no       no
  leave-out  no       no       no       no         yes     yes        no       no
  approve    no       no       yes      no         no      no         no       no
  cancel     no       yes      no       no         no      no         no       no
`);

const stepThatSuits: Record<OperatorCommandKind, StepStatus> = {
  ...{ pause: "running", resume: "pending", retry: "failed", skip: "failed" },
  ...{ "mark-done": "uncertain", approve: "waiting", cancel: "running", abandon: "pending" },
  ...{ "leave-out": "failed", confirm: "failed", rollback: "failed" },
};

/** A line of a table names every value that there is, and says yes or no for each. */
function assertWhole(table: Map<string, Map<string, string>>, columns: readonly string[]): void {
  for (const [row, cells] of table) {
    assert.deepEqual([...cells.keys()], columns, row);
    for (const cell of cells.values()) assert.match(cell, /^(yes|no)$/, row);
  }
}

test("the tables of this test are whole", () => {
  assertWhole(byRunStatus, runStatuses);
  assertWhole(byStepStatus, stepStatuses);
  assert.deepEqual([...byRunStatus.keys()].sort(), OperatorCommandKind.options.toSorted());
});

describe("every command in every status of the run", () => {
  for (const kind of OperatorCommandKind.options) {
    for (const status of runStatuses) {
      const expected = byRunStatus.get(kind)?.get(status);
      test(`${kind}, ${status}: ${expected}`, () => {
        const why = whyNot(stateOf(status, stepThatSuits[kind]), kind, stepId);
        if (expected === "yes") assert.equal(why, null);
        else assert.match(why ?? "", new RegExp(`${status}.*${kind}`));
      });
    }
  }
});

describe("every command about a step in every status of that step", () => {
  for (const [row, cells] of byStepStatus) {
    const kind = OperatorCommandKind.parse(row);
    for (const step of stepStatuses) {
      test(`${kind}, ${step}: ${cells.get(step)}`, () => {
        const suits = runStatuses.filter((run) => byRunStatus.get(kind)?.get(run) === "yes");
        for (const status of runStatuses) {
          const allowed = whyNot(stateOf(status, step), kind, stepId) === null;
          assert.equal(allowed, cells.get(step) === "yes" && suits.includes(status), status);
        }
      });
    }
    test(`${kind} without a step, with an unknown one, with one of the other leg`, () => {
      const [status = "paused"] = runStatuses.filter(
        (run) => byRunStatus.get(kind)?.get(run) === "yes",
      );
      const state = stateOf(status, stepThatSuits[kind]);
      assert.match(whyNot(state, kind) ?? "", /names a step/);
      assert.match(whyNot(state, kind, "nowhere" as StepId) ?? "", /names a step/);
      const other = { ...state, leg: state.leg === "forward" ? "rollback" : "forward" } as const;
      assert.match(whyNot(other, kind, stepId) ?? "", /names a step of the current leg/);
    });
  }
});

test("only a step that asks for it takes a confirmation", () => {
  const state = stateOf("paused", "failed");
  const step = state.steps[stepId];
  assert.ok(step);
  step.error = { ...asking, confirm: undefined };
  assert.match(whyNot(state, "confirm", stepId) ?? "", /asks for no confirmation/);
});

describe("what else decides", () => {
  const paused = (reason: PauseReason, step: StepStatus, leg: RunState["leg"] = "forward") =>
    stateOf("paused", step, { leg, pause: { reason, stepIds: [], at: "" } });

  test("a run with a step in trouble is not resumed, whatever it was paused for", () => {
    for (const reason of ["operator", "failed", "uncertain", "gate"] as const) {
      for (const step of ["failed", "uncertain"] as const) {
        assert.match(
          whyNot(paused(reason, step), "resume") ?? "",
          new RegExp(`stop\\.a is ${step}`),
        );
      }
    }
  });

  test("a gate is passed by an approval, not by resuming", () => {
    assert.match(whyNot(paused("gate", "waiting"), "resume") ?? "", /when the gate is approved/);
    assert.equal(whyNot(paused("gate", "waiting"), "approve", stepId), null);
    for (const kind of ["skip", "mark-done", "retry"] as const) {
      assert.notEqual(whyNot(paused("gate", "waiting"), kind, stepId), null);
    }
  });

  test("a pause that somebody asked for at a gate is resumed; the gate is still there", () => {
    assert.equal(whyNot(paused("operator", "waiting"), "resume"), null);
    assert.equal(whyNot(paused("operator", "waiting"), "approve", stepId), null);
  });

  test("no second pause, no second cancel, no rollback of a rollback", () => {
    assert.match(
      whyNot(stateOf("running", "running", { pauseRequested: true }), "pause") ?? "",
      /pausing already/,
    );
    const cancelling = stateOf("running", "running");
    const step = cancelling.steps[stepId];
    assert.ok(step);
    step.cancel = { reason: "stuck", by, at: "" };
    assert.match(whyNot(cancelling, "cancel", stepId) ?? "", /being cancelled already/);
    assert.match(
      whyNot(paused("failed", "failed", "rollback"), "rollback") ?? "",
      /rolled back already/,
    );
  });
});

test("a practice is paused, retried and abandoned like any run, and never rolled back", () => {
  const practice = { purpose: "practice" } as const;
  for (const status of ["paused", "succeeded", "abandoned"] as const) {
    assert.match(
      whyNot(stateOf(status, "failed", practice), "rollback") ?? "",
      /nothing to roll back/,
    );
  }
  assert.equal(whyNot(stateOf("running", "running", practice), "pause"), null);
  assert.equal(whyNot(stateOf("running", "running", practice), "cancel", stepId), null);
  assert.equal(whyNot(stateOf("paused", "failed", practice), "retry", stepId), null);
  assert.equal(whyNot(stateOf("paused", "failed", practice), "abandon"), null);
});

test("who answers for it says why: overriding, ending and giving up need a reason", () => {
  assert.deepEqual(
    OperatorCommandKind.options.filter(needsReason),
    OperatorCommandKind.options.filter((kind) =>
      ["skip", "mark-done", "confirm", "leave-out", "cancel", "abandon"].includes(kind),
    ),
  );
});

test("an approver approves and nothing else; a viewer does nothing", () => {
  const may = (role: Role) =>
    OperatorCommandKind.options.filter((kind) => roleMay(role, permissionFor(kind)));
  assert.deepEqual(may("viewer"), []);
  assert.deepEqual(may("approver"), ["approve"]);
  for (const role of Role.options.filter((one) => one !== "viewer" && one !== "approver")) {
    assert.deepEqual(may(role), OperatorCommandKind.options);
  }
});
