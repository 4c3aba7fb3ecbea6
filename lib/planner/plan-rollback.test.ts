import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEvent } from "#lib/domain/apply-event.ts";
import type { DatabaseManifest } from "#lib/domain/backup.ts";
import type { By, RunEventBody } from "#lib/domain/events.ts";
import type { PlanId, RunId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Step, StepKind, StepOfKind } from "#lib/domain/step.ts";
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
import { rollbackChoices } from "./rollback/choices.ts";
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

/** 3.2.2 to 3.3.1 over 3.3.0, and 4.1.1 to 4.2.2 over two. */
const chains = (
  [
    ["3.2.2", "3.3.1", ["3.3.0"]],
    ["4.1.1", "4.2.2", ["4.2.0", "4.2.1"]],
  ] as const
).map(([version, to, via]) => {
  const example = { ...twoRegions, version };
  const target = exampleTarget(to, via);
  return planUpgrade({
    planId: examplePlanId,
    inventory: exampleInventory(example),
    facts: exampleFacts(example, target),
    target,
  });
}) as [Plan, Plan];

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
        data: {
          ...{ path, bytes: 10, sha256: "a".repeat(64) },
          ...{ compression: step.params.compression, textBytes: 20 },
        },
        objects: null,
        proven: false,
        manifest: null,
        version: step.params.version,
        tool: step.params.tool.version,
        rehearsed: false,
        live: false,
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
    ["a rehearsal failed", indexOf("database.rehearse") + 1],
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
      // What a rehearsal may have left going on is ended; one that ended well has left nothing.
      const open = started("database.rehearse").filter(
        ({ id }) => run.steps[id]?.status !== "succeeded",
      );
      assert.deepEqual(
        kinds("rehearsal.end").map(({ id }) => id),
        open.map(({ id }) => `rollback.${id}`),
      );
      const ends = kinds("rehearsal.end");
      for (const stop of kinds("container.stop")) {
        for (const { id } of ends) assert.ok(waitsFor(stop).has(id));
      }
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

describe("rolling back a chain", () => {
  const [short, long] = chains;
  const at = (plan: Plan, kind: StepKind, hop: number) =>
    plan.steps.findIndex((step) => step.kind === kind && step.hop === hop);
  const back = (plan: Plan, count: number, hop: number) =>
    planRollback({ planId: rollbackId, forward: plan, run: stoppedAfter(count, plan), hop });

  const cases: [name: string, plan: Plan, count: number, hop: number][] = [
    ["3.2.2 after success to the beginning", short, short.steps.length, 1],
    ["3.2.2 after success to 3.3.0", short, short.steps.length, 2],
    ["3.2.2 first dump failed", short, at(short, "database.dump", 1), 1],
    ["3.2.2 first start failed", short, at(short, "container.start", 1) + 1, 1],
    ["3.2.2 first init failed", short, at(short, "metadata.init", 1), 1],
    ["3.2.2 HA off failed, to 3.3.0", short, at(short, "ha.disable", 2), 2],
    ["3.2.2 HA off failed, to the beginning", short, at(short, "ha.disable", 2), 1],
    ["3.2.2 second stop failed, to 3.3.0", short, at(short, "container.stop", 2), 2],
    ["3.2.2 second dump failed, to 3.3.0", short, at(short, "database.dump", 2), 2],
    ["3.2.2 second dump failed, to the beginning", short, at(short, "database.dump", 2), 1],
    ["3.2.2 second start failed, to 3.3.0", short, at(short, "container.start", 2) + 1, 2],
    ["3.2.2 second start failed, to the beginning", short, at(short, "container.start", 2) + 1, 1],
    ["3.2.2 second init failed, to 3.3.0", short, at(short, "metadata.init", 2), 2],
    ["3.2.2 second init failed, to the beginning", short, at(short, "metadata.init", 2), 1],
    ["4.1.1 after success to the beginning", long, long.steps.length, 1],
    ["4.1.1 after success to 4.2.0", long, long.steps.length, 2],
    ["4.1.1 after success to 4.2.1", long, long.steps.length, 3],
    ["4.1.1 third init failed, to 4.2.1", long, at(long, "metadata.init", 3), 3],
    ["4.1.1 third init failed, to 4.2.0", long, at(long, "metadata.init", 3), 2],
    ["4.1.1 third dump failed, to 4.2.1", long, at(long, "database.dump", 3), 3],
    ["4.1.1 third dump failed, to 4.2.0", long, at(long, "database.dump", 3), 2],
    ["4.1.1 second start failed, to 4.2.0", long, at(long, "container.start", 2), 2],
  ];
  for (const [name, plan, count, hop] of cases) {
    test(name, () => {
      const { summary, steps, hosts } = back(plan, count, hop);
      assertGolden(`rollback chain ${name}`, `${summary.join("\n")}\n\n${planText(steps, hosts)}`);
    });
  }

  for (const plan of chains) {
    for (let count = at(plan, "container.stop", 1); count <= plan.steps.length; count++) {
      const run = stoppedAfter(count, plan);
      const where = plan.steps[count]?.id ?? "the end";
      for (const { hop, version, whyNot } of rollbackChoices(plan, run)) {
        test(`${plan.fromVersion} at ${where}, to ${version}: just what is needed`, () => {
          assert.equal(whyNot, null);
          checkChainRollback(plan, run, hop);
        });
      }
    }
  }

  test("only releases that have served are offered, the latest first", () => {
    const versions = (count: number) =>
      rollbackChoices(long, stoppedAfter(count, long)).map(({ version }) => version);
    assert.deepEqual(versions(at(long, "metadata.init", 1)), ["4.1.1"]);
    assert.deepEqual(versions(at(long, "node.health", 1)), ["4.1.1"]);
    assert.deepEqual(versions(at(long, "container.stop", 2)), ["4.2.0", "4.1.1"]);
    assert.deepEqual(versions(long.steps.length), ["4.2.1", "4.2.0", "4.1.1"]);
    for (const hop of [3, 4]) {
      assert.throws(() => back(long, at(long, "container.stop", 2), hop), { code: "plan.blocked" });
    }
  });

  test("a backup out of reach closes the way to its own release only", () => {
    const run = stoppedAfter(long.steps.length, long);
    const backups = run.backups.map((one) =>
      one.key === "h2.cm" ? { ...one, proven: false } : one,
    );
    assert.deepEqual(
      rollbackChoices(long, { ...run, backups }).map(({ version, whyNot }) => [version, whyNot]),
      [
        ["4.2.1", null],
        ["4.2.0", "There is no proven backup of oms_cm, so it will not be dropped."],
        ["4.1.1", null],
      ],
    );
  });
});

/** What holds for a rollback of a chain to any of its hops, from any of its steps. */
function checkChainRollback(plan: Plan, run: RunState, hop: number): void {
  const made = planRollback({ planId: rollbackId, forward: plan, run, hop });
  const of = <K extends StepKind>(steps: readonly Step[], kind: K) =>
    steps.filter((step): step is StepOfKind<K> => step.kind === kind);
  const begun = <K extends StepKind>(kind: K) =>
    of(plan.steps, kind).filter(({ id }) => (run.steps[id]?.attempt ?? 0) > 0);
  const places = (pairs: { nodeId: string; containerName: string }[]) =>
    pairs.map(({ nodeId, containerName }) => `${nodeId} ${containerName}`).sort();

  const stopped = begun("container.stop").filter((step) => step.hop === hop);
  assert.deepEqual(
    places(of(made.steps, "container.restart").map(({ params }) => params)),
    places(stopped.map(({ params }) => params)),
    "what the hop has stopped, and nothing else, is started again",
  );
  const fresh = begun("container.start").filter((step) => (step.hop ?? 1) >= hop);
  assert.deepEqual(
    places(of(made.steps, "container.retire").map(({ params }) => params)),
    places(
      fresh.map(({ params }) => ({ nodeId: params.nodeId, containerName: params.container.name })),
    ),
    "every container of this hop and the later ones is put aside",
  );
  const touched = begun("metadata.init").some((step) => (step.hop ?? 1) >= hop);
  const dumps = of(plan.steps, "database.dump").filter((step) => step.hop === hop);
  assert.deepEqual(
    made.backups.map(({ key }) => key).sort(),
    touched ? dumps.map(({ params }) => params.key).sort() : [],
    "the databases come back from the dumps that were made before the hop",
  );
  assert.equal(of(made.steps, "database.restore").length, touched ? 4 : 0);
  // HA is switched back only where it was switched off before what comes back.
  const off = begun("ha.disable").filter((step) => (step.hop ?? 1) <= hop);
  const on = of(made.steps, "ha.enable");
  assert.deepEqual(
    on.map(({ params }) => params.enable),
    [off.length > 0],
  );
  assert.equal(made.fromVersion, plan.hops[hop - 1]?.fromVersion);
  assert.equal(new Set(made.steps.map(({ id }) => id)).size, made.steps.length);
  for (const recreate of of(made.steps, "database.recreate")) {
    const before = ancestors(made.steps, recreate);
    for (const { id } of [...of(made.steps, "dump.verify"), ...of(made.steps, "container.stop")]) {
      assert.ok(before.has(id), `${recreate.id} does not wait for ${id}`);
    }
  }
  for (const restart of of(made.steps, "container.restart")) {
    const before = ancestors(made.steps, restart);
    for (const { id } of [
      ...of(made.steps, "database.compare"),
      ...of(made.steps, "container.retire"),
    ]) {
      assert.ok(before.has(id), `${restart.id} does not wait for ${id}`);
    }
  }
}

function ancestors(steps: readonly Step[], step: Step): Set<string> {
  const byId = new Map(steps.map((one) => [one.id, one]));
  const seen = new Set<string>();
  const visit = (one: Step) => {
    for (const id of one.after) {
      assert.ok(byId.has(id), `${one.id} waits for ${id}, which is not in the plan`);
      if (seen.has(id)) continue;
      seen.add(id);
      visit(byId.get(id)!);
    }
  };
  visit(step);
  return seen;
}
