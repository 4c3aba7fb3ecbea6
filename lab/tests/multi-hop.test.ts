import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type Lab, type MetadbSnapshot, startLab } from "#lab/lab.ts";
import { withoutLiveRows } from "#lab/metadb/snapshot.ts";
import {
  describeTrouble,
  patienceMs,
  planUpgrade,
  register,
  startRollback,
  upgradeTarget,
  waitForRun,
} from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import { Plan } from "#lib/domain/plan.ts";
import type { RollbackChoice } from "#lib/domain/rollback.ts";
import type { PlanView, RunView } from "#lib/services/views.ts";

/**
 * 3.2.2 to 3.3.1 over 3.3.0, as one run, on real hosts. 3.2.2 is from before HA; the initialisation of
 * 3.3.0 brings its setting, switched off, and routines into databases that had none.
 */

let lab: Lab;
let product: Product;
let deploymentId: string;
let runId: string;
/** The databases when hop 2 had dumped them, with every container down. */
let beforeHop2: MetadbSnapshot;

const containers = async (host: string) =>
  (await lab.host(host).exec("docker ps -a --format '{{.Names}} {{.State}}' | sort")).stdout
    .trim()
    .split("\n");
const deployment = () =>
  product.ask<{ version: string; regions: { nodes: { containerName: string }[] }[] }>(
    "GET",
    `/deployments/${deploymentId}`,
  );
const namesInInventory = async () =>
  (await deployment()).regions.flatMap(({ nodes }) => nodes.map((node) => node.containerName));
const initsOf = async (version: string) =>
  (await lab.metadb.initRuns()).filter((run) => run.version === version);

before(async () => {
  lab = await startLab({
    oldVersion: "3.2.2",
    via: ["3.3.0"],
    newVersion: "3.3.1",
    initSeconds: 1,
  });
  product = await Product.start();
  deploymentId = await register(product, lab);
});

after(async () => {
  await product?.stop();
  await lab?.stop();
});

test("the checks pass, and one plan leads over 3.3.0 with every image loaded before the first stop", async () => {
  const plan = Plan.parse((await planUpgrade(product, lab, deploymentId)).plan);
  assert.deepEqual(
    plan.hops.map(({ fromVersion, toVersion }) => [fromVersion, toVersion]),
    [
      ["3.2.2", "3.3.0"],
      ["3.3.0", "3.3.1"],
    ],
  );
  assert.equal(plan.steps.filter(({ kind }) => kind === "image.load").length, 8);
  assert.equal(plan.steps.filter(({ kind }) => kind === "database.dump").length, 8);
  assert.equal(plan.steps.filter(({ kind }) => kind === "metadata.init").length, 4);
});

test("goes from 3.2.2 over 3.3.0 to 3.3.1 in one run, although the dashboard dies in hop 2", async () => {
  await product.kill();
  // Is killed (SIGKILL) while hop 2's initialisation is at work on the host.
  process.env.UPLIFT_CRASH_AT = "job-started@h2.init.hz-1";
  await product.launch();
  runId = await startWithGates();
  await approve("h1.gate.start");
  beforeHop2 = await approve("h2.gate.start");
  await dies();
  delete process.env.UPLIFT_CRASH_AT;
  await product.launch();
  const run = await waitForRun(product, runId, ["succeeded"]);
  for (const host of lab.allHosts) {
    assert.deepEqual(await containers(host.name), [
      "oms_322 exited",
      "oms_330 exited",
      "oms_331 running",
    ]);
    assert.equal((await host.health())?.standIn.version, "3.3.1");
  }
  for (const version of ["3.3.0", "3.3.1"]) {
    const runs = await initsOf(version);
    assert.deepEqual(runs.map(({ region, status }) => `${region} ${status}`).sort(), [
      "cn-hangzhou succeeded",
      "cn-heilongjiang succeeded",
    ]);
  }
  assert.deepEqual(await lab.metadb.initDamage(), []);
  const { T1, T2 } = run.state.marks;
  assert.ok(T1 && T2 && T1.time < T2.time);
  assert.equal(run.state.steps["h2.init.hz-1" as keyof typeof run.state.steps]?.attempt, 1);
  // HA came with 3.3.0, switched off: it is as it was found.
  assert.equal(await haEnabled(), false);
  assert.deepEqual(await lab.metadb.haActions(), []);
});

test("each hop has dumps of its own, and the second ones hold what the first initialisation made", async () => {
  const { state } = await product.ask<RunView>("GET", `/runs/${runId}`);
  assert.deepEqual(
    state.backups.map(({ key, version, proven }) => `${key} ${version} ${proven}`).sort(),
    ["cm", "heartbeat-0", "heartbeat-1", "rm"]
      .flatMap((key) => [`h1.${key} 3.2.2 true`, `h2.${key} 3.3.0 true`])
      .sort(),
  );
  const files = new Set(state.backups.map(({ data, nodeId }) => `${nodeId} ${data.path}`));
  assert.equal(files.size, 8);
  for (const { key, objects } of state.backups) {
    // Before 3.3.0 only rm has a trigger and a routine; 3.3.0 brings one into every database.
    assert.equal(objects !== null, key === "h1.rm" || key.startsWith("h2."), key);
  }
});

test("goes back to 3.3.0: its databases are as its own dumps say, and the inventory names it", async () => {
  const choices = await product.ask<RollbackChoice[]>("GET", `/runs/${runId}/rollback-plans`);
  assert.deepEqual(
    choices.map(({ hop, version, whyNot }) => [hop, version, whyNot]),
    [
      [2, "3.3.0", null],
      [1, "3.2.2", null],
    ],
  );
  const plan = await startRollback(product, runId, 2);
  assert.match(plan.plan?.summary.join(" ") ?? "", /return to what 3\.3\.0 had before/);
  const run = await waitForRun(product, runId, ["rolled-back"]);
  for (const host of lab.allHosts) {
    const [first, second, third] = await containers(host.name);
    assert.deepEqual([first, second], ["oms_322 exited", "oms_330 running"]);
    assert.match(third ?? "", /^oms_331-rolled-back-\w+ exited$/);
    assert.equal((await host.health())?.standIn.version, "3.3.0");
  }
  const [schema] = await lab.metadb.query("select version from oms_rm.oms_schema_version");
  assert.equal(schema?.version, "3.3.0");
  const now = await lab.checksum();
  assert.ok(Object.keys(now.tables).length > 200);
  assert.deepEqual(withoutLiveRows(now), withoutLiveRows(beforeHop2), "table by table");
  const routines = await lab.metadb.query(
    "select routine_schema as name from information_schema.routines where routine_name = 'oms_new_in_v330'",
  );
  assert.equal(routines.length, 4);
  assert.ok(run.state.marks.HA_BACK);
  assert.equal((await deployment()).version, "3.3.0");
  assert.deepEqual([...new Set(await namesInInventory())], ["oms_330"]);
});

test("a rollback to a release on the way is not undone any further by Uplift", async () => {
  const answer = await product.api("POST", `/runs/${runId}/rollback-plans`, { hop: 1 });
  assert.equal(answer.status, 409);
});

/** The run waits in each hop when its dumps are proven and nothing of the new release is there yet. */
async function startWithGates(): Promise<string> {
  const target = { ...upgradeTarget(lab), gates: ["start"] };
  const plan = await product.ask<PlanView>("POST", `/deployments/${deploymentId}/plans`, target);
  assert.ok(plan.passes, JSON.stringify(plan.checks.filter(({ result }) => result !== "pass")));
  const start = { planId: plan.id, planHash: plan.hash };
  return (await product.ask<{ id: string }>("POST", "/runs", start)).id;
}

/** @returns the databases as they were when the run waited at the gate */
async function approve(stepId: string): Promise<MetadbSnapshot> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(100)) {
    const run = await product.ask<RunView>("GET", `/runs/${runId}`);
    const { pause } = run.state;
    if (pause && pause.reason !== "gate") throw new Error(describeTrouble(run));
    if (!pause?.stepIds.some((id) => id === stepId)) continue;
    const seen = await lab.checksum();
    await product.ask("POST", `/runs/${runId}/commands`, { kind: "approve", stepId });
    return seen;
  }
  throw new Error(`the run did not come to ${stepId}`);
}

async function dies(): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(100)) {
    if (!product.isRunning) return;
    const run = await product.ask<RunView>("GET", `/runs/${runId}`).catch(() => null);
    if (run?.state.status === "paused") throw new Error(describeTrouble(run));
  }
  throw new Error("the dashboard did not come to its crash point");
}

async function haEnabled(): Promise<unknown> {
  const [row] = await lab.metadb.query(
    "select cfg_value as v from oms_rm.oms_normal_config where cfg_name = 'ha.config'",
  );
  return (JSON.parse(String(row?.v)) as { enable?: unknown }).enable;
}
