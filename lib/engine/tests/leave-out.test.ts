import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PlanId } from "#lib/domain/ids.ts";
import type { Plan, PlanHost } from "#lib/domain/plan.ts";
import { hasMovedOn } from "#lib/domain/rollback.ts";
import { isWork, type Step } from "#lib/domain/step.ts";
import { english } from "#lib/i18n/english.ts";
import {
  type Example,
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "#lib/planner/example-deployments.ts";
import { planRollback } from "#lib/planner/plan-rollback.ts";
import { planUpgrade } from "#lib/planner/plan-upgrade.ts";
import { ActedRun, nodesUsed } from "./without-a-node.ts";

/** Every point of a plan, and every node that is used there: what if it is gone for good? */
const examples: Record<string, Example> = {
  "two regions": twoRegions,
  "one region of three": { regions: [{ name: "hz", nodes: ["hz-1", "hz-2", "hz-3"] }] },
  "one region, different files": {
    regions: [{ name: "hz", nodes: ["hz-1", "hz-2", "hz-3"], different: ["hz-2"] }],
  },
  "a region of one node": {
    regions: [
      { name: "hz", nodes: ["hz-1", "hz-2"], isDefault: true },
      { name: "hlj", nodes: ["hlj-1"], ownServer: true },
    ],
  },
  "one node": { regions: [{ name: "hz", nodes: ["hz-1"] }] },
};

const plans = Object.entries(examples).map(([name, example]) => {
  const target = { ...exampleTarget(), gates: ["start" as const] };
  const facts = exampleFacts(example, target);
  const inventory = exampleInventory(example);
  return [name, planUpgrade({ planId: examplePlanId, inventory, facts, target })] as const;
});

const planBack = (forward: Plan, run: ActedRun) =>
  planRollback({ planId: "pln_rollback0000" as PlanId, forward, run: run.state });

const hostsOf = (step: Step, plan: Plan) =>
  plan.hosts.filter(({ nodeId }) => nodesUsed(step).includes(nodeId));

function assertSpared(steps: readonly Step[], { nodeId, name }: PlanHost): void {
  for (const step of steps) {
    assert.ok(!nodesUsed(step).includes(nodeId), `${step.id} uses ${name}`);
  }
}

/** What an upgrade must have seen to before it changes a schema. */
function assertUpgraded(run: ActedRun, lost: PlanHost): void {
  assert.ok(run.isComplete, JSON.stringify(run.state.steps));
  const { hosts, steps } = run.plan;
  for (const region of new Set(hosts.map(({ regionId }) => regionId))) {
    const inits = steps.filter(
      (step) =>
        step.kind === "metadata.init" &&
        hosts.some((one) => one.nodeId === step.params.nodeId && one.regionId === region),
    );
    const done = inits.filter(({ id }) => run.state.steps[id]?.status === "succeeded");
    assert.ok(done.length > 0, "a region was left without its initialisation");
    assert.ok(done.length >= inits.length - 1);
  }
  for (const { nodeId, database } of run.state.backups) {
    if (nodeId !== lost.nodeId) continue;
    // Only what can no longer be dumped anew stays there.
    const touched = steps.some(
      ({ id, kind }) => kind === "metadata.init" && (run.state.steps[id]?.attempt ?? 0) > 0,
    );
    assert.ok(touched, `${database} could have been dumped elsewhere`);
  }
}

for (const [name, plan] of plans) {
  describe(name, () => {
    for (const step of plan.steps.filter(isWork)) {
      for (const lost of hostsOf(step, plan)) {
        for (const outcome of ["failed", "uncertain"] as const) {
          test(`${lost.name} is gone at ${step.id}, ${outcome}`, () => {
            const run = new ActedRun(plan);
            assert.equal(run.go(({ id }) => id === step.id)?.id, step.id);
            run.lose(step, lost.name, outcome);
            const before = run.state;
            const why = run.leaveOut(step.id);
            if (why !== null) {
              const single = plan.hosts.filter(({ regionId }) => regionId === lost.regionId);
              const reason = /No container was stopped|the last node|is the last node of/;
              assert.match(why, reason);
              assert.ok(single.length === 1 || /No container was stopped/.test(why), why);
              assert.equal(run.state, before);
              return;
            }
            const doneBefore = run.done.length;
            const initsBefore = run.done.filter(({ kind }) => kind === "metadata.init").length;
            const inits = initsBefore + (step.kind === "metadata.init" ? 1 : 0);
            run.go((next) => {
              if (next.kind !== "metadata.init" || inits > 0) return false;
              for (const dump of plan.steps.filter(({ kind }) => kind === "database.dump")) {
                const key = dump.kind === "database.dump" ? dump.params.key : "";
                const backup = run.state.backups.find((one) => one.key === key);
                assert.ok(backup?.proven, `${key} is not proven when ${next.id} begins`);
                assert.notEqual(backup.nodeId, lost.nodeId, `${key} is on ${lost.name}`);
              }
              return false;
            });
            assertSpared(run.done.slice(doneBefore), lost);
            assertUpgraded(run, lost);
            run.apply({ type: "run.succeeded" });

            // The way back afterwards: whole without the node, or refused for a dump that is there.
            const needed = run.state.backups.filter(({ nodeId }) => nodeId === lost.nodeId);
            if (needed.length > 0) {
              assert.throws(() => planBack(plan, run), {
                code: "plan.blocked",
                message: new RegExp(`is on ${lost.name}, which was left out`),
              });
              return;
            }
            const back = planBack(plan, run);
            assertSpared(back.steps, lost);
            assert.match(english(back.warnings[0] ?? ""), new RegExp(`^${lost.name} is left out`));
            const return_ = new ActedRun(back, run.state);
            return_.go();
            assert.ok(return_.isComplete);
            assert.equal(
              return_.done.filter(({ kind }) => kind === "container.restart").length,
              plan.hosts.length - 1,
            );
          });
        }
      }
    }
  });

  describe(`${name}: in the rollback`, () => {
    const whole = new ActedRun(plan);
    whole.go();
    whole.apply({ type: "run.succeeded" });
    const back = planBack(plan, whole);
    for (const step of back.steps.filter(isWork)) {
      for (const lost of hostsOf(step, back)) {
        test(`${lost.name} is gone at ${step.id}`, () => {
          const run = new ActedRun(back, whole.state);
          assert.equal(run.go(({ id }) => id === step.id)?.id, step.id);
          run.lose(step, lost.name, "failed");
          const why = run.leaveOut(step.id);
          const toRestore = back.steps.filter(
            (one) =>
              (one.kind === "database.restore" || one.kind === "database.recreate") &&
              nodesUsed(one).includes(lost.nodeId) &&
              !(
                "route" in one.params &&
                one.kind === "database.recreate" &&
                one.params.backup.nodeId !== lost.nodeId
              ) &&
              run.state.steps[one.id]?.status !== "succeeded",
          );
          const holds = toRestore.some(
            (one) =>
              (one.kind === "database.restore" && one.params.nodeId === lost.nodeId) ||
              (one.kind === "database.recreate" && one.params.backup.nodeId === lost.nodeId),
          );
          if (why !== null) {
            assert.ok(plan.hosts.length === 1 || holds, why);
            if (plan.hosts.length > 1) assert.match(why, /is on .* alone, so nothing can bring/);
            return;
          }
          assert.ok(!holds, "a database would be lost with the node");
          const doneBefore = run.done.length;
          run.go();
          assert.ok(run.isComplete);
          assertSpared(run.done.slice(doneBefore), lost);
        });
      }
    }
  });
}

test("a rollback that was planned with the node is not begun without it", () => {
  const [, plan] = plans[0]!;
  const run = new ActedRun(plan);
  const step = run.go(({ kind }) => kind === "node.health")!;
  const lost = hostsOf(step, plan)[0]!;
  run.lose(step, lost.name, "failed");
  const back = planBack(plan, run);
  assert.equal(hasMovedOn(back, run.state), false);
  assert.equal(run.leaveOut(step.id), null);
  assert.equal(hasMovedOn(back, run.state), true);
});

test("nobody is left out twice, nor for a trouble of another kind", () => {
  const [, plan] = plans[0]!;
  const run = new ActedRun(plan);
  const step = run.go(({ kind }) => kind === "node.health")!;
  run.lose(step, "no node of this plan", "failed");
  const error = {
    code: "health.never_healthy",
    message: "",
    remedy: "",
    retryable: false,
  } as const;
  const other = { ...run.state.steps[step.id]!, error };
  run.state = { ...run.state, steps: { ...run.state.steps, [step.id]: other } };
  assert.match(run.leaveOut(step.id) ?? "", /does not wait for a host/);
});

test("a node that cannot store dumps as planned makes none in the place of another", () => {
  const [, reviewed] = plans[0]!;
  const without = (compressors: ("zstd" | "gzip")[]): Plan => ({
    ...reviewed,
    hosts: reviewed.hosts.map((host) => ({
      ...host,
      dumpTool: host.dumpTool && { ...host.dumpTool, compressors },
    })),
  });
  const leaveOutAtDump = (plan: Plan) => {
    const run = new ActedRun(plan);
    const step = run.go(({ kind }) => kind === "database.dump")!;
    run.lose(step, hostsOf(step, plan)[0]!.name, "failed");
    return run.leaveOut(step.id);
  };
  assert.equal(leaveOutAtDump(without(["zstd"])), null);
  assert.match(
    leaveOutAtDump(without(["gzip"])) ?? "",
    /is planned to be compressed with zstd, which \S+ does not have\. Install zstd on \S+,/,
  );
});

test("a rehearsal goes with its dump: to the stand-in, with that node's tool", () => {
  const [, plan] = plans[0]!;
  const run = new ActedRun(plan);
  const step = run.go(({ kind }) => kind === "database.rehearse")!;
  const lost = hostsOf(step, plan)[0]!;
  run.lose(step, lost.name, "uncertain");
  assert.equal(run.leaveOut(step.id), null);
  const from = run.done.length;
  run.go();
  const again = run.done.slice(from).map(({ kind }) => kind);
  for (const kind of ["database.dump", "dump.verify", "database.rehearse"] as const) {
    assert.ok(again.includes(kind), `${kind} is not done anew`);
  }
  assert.ok(again.indexOf("database.rehearse") < again.indexOf("metadata.init"));
});
