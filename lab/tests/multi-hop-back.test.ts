import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type Lab, type MetadbSnapshot, startLab } from "#lab/lab.ts";
import { withoutLiveRows } from "#lab/metadb/snapshot.ts";
import {
  patienceMs,
  register,
  startRollback,
  startUpgrade,
  waitForRun,
} from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import type { RunView } from "#lib/services/views.ts";

/** A chain that is rolled back to its beginning, and one whose second hop fails, on one region. */

let lab: Lab;
let product: Product;
let deploymentId: string;
let original: MetadbSnapshot;

const states = async () =>
  Promise.all(
    lab.allHosts.map(async (host) =>
      (await host.exec("docker ps --format '{{.Names}}'")).stdout.trim(),
    ),
  );
const version = async () =>
  (await product.ask<{ version: string }>("GET", `/deployments/${deploymentId}`)).version;

before(async () => {
  lab = await startLab({
    oldVersion: "3.2.2",
    via: ["3.3.0"],
    newVersion: "3.3.1",
    loadNewImage: true,
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
  deploymentId = await register(product, lab);
  original = await lab.checksum();
});

after(async () => {
  await product?.stop();
  await lab?.stop();
});

test("after success it goes back to the beginning: table by table as it was before", async () => {
  const runId = await startUpgrade(product, lab, deploymentId);
  await waitForRun(product, runId, ["succeeded"]);
  assert.equal(await version(), "3.3.1");
  await startRollback(product, runId);
  await waitForRun(product, runId, ["rolled-back"]);
  assert.deepEqual(withoutLiveRows(await lab.checksum()), withoutLiveRows(original));
  assert.deepEqual(await states(), ["oms_322", "oms_322"]);
  assert.equal(await version(), "3.2.2");
});

test("when the second hop's initialisation fails, it goes back to 3.3.0, which serves", async () => {
  const runId = await startUpgrade(product, lab, deploymentId);
  await waitForStep(runId, "h1.init.hz-1");
  for (const host of lab.allHosts) await host.setOmsFault("init-fails-at-step-3");
  const { state } = await waitForRun(product, runId, ["paused"]);
  assert.equal(state.pause?.stepIds[0], "h2.init.hz-1");
  for (const host of lab.allHosts) await host.clearOmsFault("init-fails-at-step-3");
  await startRollback(product, runId, 2);
  await waitForRun(product, runId, ["rolled-back"]);
  assert.deepEqual(await states(), ["oms_330", "oms_330"]);
  const [schema] = await lab.metadb.query("select version from oms_cm.oms_schema_version");
  assert.equal(schema?.version, "3.3.0");
  assert.equal(await version(), "3.3.0");
  for (const host of lab.allHosts) assert.equal((await host.health())?.data.healthy, true);
});

async function waitForStep(runId: string, stepId: string): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(50)) {
    const { state } = await product.ask<RunView>("GET", `/runs/${runId}`);
    if (Object.values(state.steps).find(({ id }) => id === stepId)?.status === "succeeded") return;
  }
  throw new Error(`${stepId} did not end well`);
}
