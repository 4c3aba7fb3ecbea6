import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type Lab, type MetadbSnapshot, startLab } from "#lab/lab.ts";
import { liveTables } from "#lab/metadb/snapshot.ts";
import {
  describeTrouble,
  patienceMs,
  planUpgrade,
  register,
  waitForRun,
} from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import type { Step, StepKind } from "#lib/domain/step.ts";
import { crashPoints } from "#lib/engine/crash-points.ts";
import type { PlanView, RunRow, RunView } from "#lib/services/views.ts";

/**
 * One upgrade and one rollback in which the dashboard dies again and again, at every crash point of
 * a step of every kind, and is started anew each time. The list is made from the plan: a new step
 * kind is covered without being named here.
 */

let lab: Lab;
let product: Product;
let original: MetadbSnapshot;
let died = 0;

before(async () => {
  lab = await startLab({
    regions: [
      {
        name: "cn-hangzhou",
        nameCn: "杭州",
        location: 0,
        isDefault: true,
        nodes: ["hz-1", "hz-2"],
        heartbeatDatabase: "oms_cm_heartbeat_1",
      },
    ],
    initSeconds: 1,
  });
  product = await Product.start();
  original = await lab.checksum();
});

after(async () => {
  await product?.stop();
  await lab?.stop();
});

/** Of each kind in the plan the first step, with every point there is; only cancelling comes by the last one: gates.test.ts. */
function pointsOf(steps: readonly Step[]): string[] {
  const first = new Map<StepKind, Step>();
  for (const step of steps) if (!first.has(step.kind)) first.set(step.kind, step);
  const points = crashPoints.filter((point) => point !== "before-cancel");
  return [...first.values()].flatMap((step) => points.map((point) => `${point}@${step.id}`));
}

/** Of the points those that were reached, or that a step has by what the journal says that it did: a job, an intent. */
async function passed(points: readonly string[], reached: readonly string[]): Promise<string[]> {
  const { runId } = await state();
  const events = await product.ask<RunEvent[]>("GET", `/runs/${runId}/events`);
  const withJob = new Set<string>();
  const withOutput = new Set<string>();
  const withIntent = new Set<string>();
  for (const { body } of events) {
    if (body.type === "step.command" && body.kind === "job") {
      withJob.add(body.stepId);
      if (body.output !== "") withOutput.add(body.stepId);
    }
    if (body.type === "step.intended") withIntent.add(body.stepId);
  }
  return points.filter((place) => {
    if (reached.includes(place)) return true;
    const [point = "", step = ""] = place.split("@");
    if (point === "job-output") return withOutput.has(step);
    if (point.startsWith("job-")) return withJob.has(step);
    return point !== "after-intended" || withIntent.has(step);
  });
}

/** Starts the product anew, to die at the first of the points that it passes. */
async function relaunch(points: ReadonlySet<string>): Promise<void> {
  await product.kill();
  product.output = "";
  process.env.UPLIFT_CRASH_AT = [...points].join(" ");
  await product.launch();
}

/**
 * Lets the product die at each of the points, whichever comes next, and starts it again.
 *
 * @param begin sets the leg off, when the points are set
 * @returns the points at which it died
 */
async function dieAtEach(
  points: readonly string[],
  end: RunStatus,
  begin: () => Promise<unknown>,
): Promise<string[]> {
  const left = new Set(points);
  const reached: string[] = [];
  await relaunch(left);
  // The answer may be lost with the process; what was asked for is committed before it dies.
  await begin().catch(() => undefined);
  for (;;) {
    const until = Date.now() + patienceMs;
    while (product.isRunning) {
      const run = await theRun().catch(() => null);
      if (run?.state.status === "paused") {
        assert.fail(`paused after ${reached.at(-1)}: ${describeTrouble(run)}`);
      }
      if (run?.state.status === end) {
        await relaunch(new Set());
        return reached;
      }
      assert.ok(Date.now() < until, `nothing happens after ${reached.at(-1)}`);
      await wait(50);
    }
    const died = /^uplift-crash (.+)$/m.exec(product.output)?.[1];
    assert.ok(died !== undefined && left.has(died), `it ended by itself: ${product.output}`);
    reached.push(died);
    left.delete(died);
    await relaunch(left);
  }
}

/** It died everywhere, but for points that an interrupted step need not pass again. */
function assertCovered(points: readonly string[], reached: readonly string[]): void {
  const missed = points.filter((point) => !reached.includes(point));
  console.log(
    `killed at ${reached.length} of ${points.length} points; not at ${missed.join(", ")}`,
  );
  assert.ok(missed.length <= points.length / 10, `not reached: ${missed.join(", ")}`);
}

/** The only run there is. */
async function theRun(): Promise<RunView> {
  const [row] = await product.ask<RunRow[]>("GET", "/runs");
  return product.ask<RunView>("GET", `/runs/${row?.id}`);
}

const state = async () => (await theRun()).state;

test("an upgrade that dies at every point ends as if nothing had happened", async () => {
  const deploymentId = await register(product, lab);
  const { id: planId, hash: planHash, plan } = await planUpgrade(product, lab, deploymentId);
  const points = pointsOf(plan?.steps ?? []);
  const reached = await dieAtEach(points, "succeeded", async () => {
    await product.ask("POST", "/runs", { planId, planHash });
  });
  await waitForRun(product, (await state()).runId, ["succeeded"]);
  died += reached.length;
  assertCovered(await passed(points, reached), reached);

  const initialised = await lab.metadb.initRuns();
  assert.equal(initialised.length, 1, JSON.stringify(initialised));
  assert.deepEqual(await lab.metadb.initDamage(), []);
  for (const host of lab.allHosts) {
    const { stdout } = await host.exec("docker ps -a --format '{{.Names}} {{.State}}' | sort");
    assert.equal(stdout.trim(), "oms_330 exited\noms_331 running");
    assert.ok(await host.isHealthy());
  }
  const { T1, T2 } = (await state()).marks;
  assert.ok(T1 && T2 && T1.time < T2.time);
});

test("a rollback that dies at every point brings everything back", async () => {
  const { runId, marks } = await state();
  const { T1, T2 } = marks;
  const plan = await product.ask<PlanView>("POST", `/runs/${runId}/rollback-plans`);
  const points = pointsOf(plan.plan?.steps ?? []);
  const reached = await dieAtEach(points, "rolled-back", () =>
    product.ask("POST", `/runs/${runId}/commands`, {
      kind: "rollback",
      planId: plan.id,
      planHash: plan.hash,
    }),
  );
  await waitForRun(product, (await state()).runId, ["rolled-back"]);
  died += reached.length;
  assertCovered(await passed(points, reached), reached);

  const now = await lab.checksum();
  assert.deepEqual(now.databases, original.databases);
  assert.deepEqual(now.triggers, original.triggers);
  assert.deepEqual(now.views, original.views);
  for (const table of Object.keys(original.tables)) {
    if (!liveTables.test(table)) assert.deepEqual(now.tables[table], original.tables[table], table);
  }
  const later = (await state()).marks;
  assert.deepEqual({ T1: later.T1, T2: later.T2 }, { T1, T2 }, "T1 and T2 stay what they were");
  for (const host of lab.allHosts) {
    assert.equal((await host.health())?.standIn.version, "3.3.0");
  }
});

test("it died often enough to mean something", () => {
  assert.ok(died >= 60, `only ${died} times`);
});
