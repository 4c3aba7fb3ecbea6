import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEvent } from "#lib/domain/apply-event.ts";
import type { DatabaseManifest } from "#lib/domain/backup.ts";
import type { By, RunEventBody } from "#lib/domain/events.ts";
import type { PlanId, RunId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Step, StepKind } from "#lib/domain/step.ts";
import {
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "./example-deployments.ts";
import { assertGolden, planText } from "./golden-plans.ts";
import { planRollback } from "./plan-rollback.ts";
import { planUpgrade } from "./plan-upgrade.ts";
import { rollbackDepth } from "./rollback/history.ts";

const runId = "run_000000000001" as RunId;
const rollbackId = "pln_rollback0000" as PlanId;
const by: By = { userId: "u1", name: "Operator" };
const target = exampleTarget();
const forward = planUpgrade({
  planId: examplePlanId,
  inventory: exampleInventory(twoRegions),
  facts: exampleFacts(twoRegions, target),
  target,
});

const manifest: DatabaseManifest = {
  characterSet: "utf8mb3",
  collation: "utf8mb3_bin",
  serverVersion: "10.11",
  tables: [{ name: "t", rows: 1 }],
  views: [],
  triggers: [],
  routines: [],
  events: [],
};

/** The events of a step that ends well. */
function done(step: Step): RunEventBody[] {
  const at = { stepId: step.id, attempt: 1 };
  const events: RunEventBody[] = [{ type: "step.started", ...at }];
  if (step.kind === "database.dump") {
    const path = `${step.params.directory}/${step.params.file}`;
    events.push({
      type: "backup.recorded",
      stepId: step.id,
      backup: {
        key: step.params.key,
        database: step.params.database,
        role: step.params.role,
        nodeId: step.params.nodeId,
        data: { path, bytes: 10, sha256: "a".repeat(64) },
        objects: null,
        proven: false,
        manifest: null,
      },
    });
  }
  if (step.kind === "dump.verify") {
    events.push({ type: "backup.proven", stepId: step.id, key: step.params.key, manifest });
  }
  const output = step.kind === "ha.disable" ? { wasEnabled: true } : {};
  events.push({ type: "step.finished", ...at, output, from: "run" });
  return events;
}

/** The state of a run whose first `count` steps have ended and whose next one is under way, then failed. */
function stoppedAfter(count: number, plan: Plan = forward): RunState {
  const next = plan.steps[count];
  const bodies: RunEventBody[] = [
    { type: "run.created", deploymentId: plan.deploymentId, by },
    {
      type: "leg.started",
      leg: "forward",
      planId: plan.id,
      planHash: "h",
      stepIds: plan.steps.map((step) => step.id),
      by,
    },
    { type: "run.taken-up", worker: "w", generation: 1 },
    ...plan.steps.slice(0, count).flatMap(done),
    ...(next
      ? ([
          { type: "step.started", stepId: next.id, attempt: 1 },
          {
            type: "step.failed",
            stepId: next.id,
            attempt: 1,
            error: { code: "command.failed", message: "", remedy: "", retryable: false },
          },
          { type: "run.paused", reason: "failed", stepIds: [next.id] },
        ] satisfies RunEventBody[])
      : [{ type: "run.succeeded" } as const]),
  ];
  return bodies.reduce<RunState | null>(
    (state, body, index) =>
      applyEvent(state, { runId, seq: index + 1, at: "2026-01-01T00:00:00.000Z", body }),
    null,
  )!;
}

const indexOf = (kind: StepKind) => forward.steps.findIndex((step) => step.kind === kind);
const rollbackFrom = (count: number) =>
  planRollback({ planId: rollbackId, forward, run: stoppedAfter(count) });

test("before HA was touched there is nothing to undo", () => {
  assert.equal(rollbackDepth(forward, stoppedAfter(0)), "nothing");
  assert.throws(() => rollbackFrom(0), { code: "plan.blocked" });
});

describe("golden rollbacks", () => {
  const cases: [string, number][] = [
    ["HA only", indexOf("ha.disable")],
    ["first stop failed", indexOf("container.stop")],
    ["dump failed", indexOf("database.dump")],
    ["a start failed", indexOf("container.start") + 1],
    ["init failed", indexOf("metadata.init")],
    ["after success", forward.steps.length],
  ];
  for (const [name, count] of cases) {
    test(name, () => {
      const plan = rollbackFrom(count);
      assertGolden(
        `rollback ${name}`,
        `${plan.summary.join("\n")}\n\n${planText(plan.steps, plan.hosts)}`,
      );
    });
  }
});

describe("from every point of the forward leg", () => {
  for (let count = indexOf("ha.disable"); count <= forward.steps.length; count++) {
    const at = forward.steps[count]?.id ?? "the end";
    test(`at ${at}`, () => {
      const run = stoppedAfter(count);
      const plan = planRollback({ planId: rollbackId, forward, run });
      const kinds = (kind: StepKind) => plan.steps.filter((step) => step.kind === kind);
      const started = (kind: StepKind) =>
        forward.steps.filter(
          (step) => step.kind === kind && (run.steps[step.id]?.attempt ?? 0) > 0,
        );

      const schemaTouched = started("metadata.init").length > 0;
      assert.equal(kinds("database.recreate").length, schemaTouched ? 4 : 0);
      assert.equal(kinds("database.restore").length, schemaTouched ? 4 : 0);
      // Just what was stopped is started, just what was started is stopped.
      assert.equal(kinds("container.restart").length, started("container.stop").length);
      assert.equal(kinds("container.stop").length, started("container.start").length);
      assert.equal(kinds("ha.enable").length, 1);

      const byId = new Map(plan.steps.map((step) => [step.id, step]));
      const waitsFor = (step: Step, seen = new Set<string>()): Set<string> => {
        for (const id of step.after) {
          assert.ok(byId.has(id), `${step.id} waits for ${id}, which is not in the plan`);
          if (!seen.has(id)) {
            seen.add(id);
            waitsFor(byId.get(id)!, seen);
          }
        }
        return seen;
      };
      for (const recreate of kinds("database.recreate")) {
        const before = waitsFor(recreate);
        for (const step of [...kinds("dump.verify"), ...kinds("container.stop")]) {
          assert.ok(before.has(step.id), `${recreate.id} does not wait for ${step.id}`);
        }
      }
      for (const restart of kinds("container.restart")) {
        const before = waitsFor(restart);
        for (const step of kinds("database.compare")) assert.ok(before.has(step.id));
      }
      // The character set is the one that was measured, not the server's default.
      for (const step of kinds("database.recreate")) {
        assert.ok(step.kind === "database.recreate" && step.params.collation === "utf8mb3_bin");
      }
    });
  }
});

test("a database without a proven backup is never dropped", () => {
  const run = stoppedAfter(indexOf("metadata.init"));
  const [first, ...rest] = run.backups;
  const unproven = { ...run, backups: [{ ...first!, proven: false }, ...rest] };
  assert.throws(() => planRollback({ planId: rollbackId, forward, run: unproven }), {
    code: "plan.blocked",
  });
});
