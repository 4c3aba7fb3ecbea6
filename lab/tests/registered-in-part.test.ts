import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { demoRegions } from "#lab/options.ts";
import { startRollback } from "#lab/product/journey.ts";
import { waitUntil } from "#lab/shell.ts";
import { english } from "#lib/i18n/english.ts";
import { assertRefused, assertTrouble, failures, Scene } from "./trouble-scene.ts";

/**
 * Two regions on one MetaDB, of which one is registered: whatever is done to rm and cm is done under the
 * running nodes of the other one.
 */
let scene: Scene;
let deploymentId: string;
/** One node in each is enough. */
const regions = demoRegions.map((region) => ({ ...region, nodes: region.nodes.slice(0, 1) }));
const [, second] = regions;
const reason = "the other region is being taken down by hand";

/** What a person sees of the region that was not registered, in each of the three ways. */
const byTables =
  /Location 1 \(cn-heilongjiang\) stands in oms_cm\.cm_location and is not registered/;
const byHeartbeats = /eartbeats? .*oms_cm_heartbeat_2, which nobody registered/;
const bySessions =
  /From 10\.77\.\d+\.\d+, which is no registered node, oms_meta(@site#1)? has \d sessions? that chose no database/;

before(async () => {
  scene = await Scene.open({ regions });
  deploymentId = await scene.register((document) => {
    document.regions = document.regions.slice(0, 1);
  });
});

after(() => scene?.close());

/** Everything of the second region is up and known to cm, as OMS itself writes it. */
async function secondRegionUp(): Promise<void> {
  await scene.lab.metadb.query(
    `insert ignore into oms_cm.cm_location values (1, '${second?.name}', '', '', 0)`,
  );
  for (const name of second?.nodes ?? []) {
    const host = scene.lab.host(name);
    await host.mustExec(`docker start ${scene.oldContainer}`);
    await waitUntil(`${name} to be healthy`, () => host.isHealthy());
  }
}

/** As if there had never been a second region. */
async function secondRegionGone(): Promise<void> {
  const { metadb } = scene.lab;
  for (const name of second?.nodes ?? []) {
    const host = scene.lab.host(name);
    await host.mustExec(`docker stop -t 2 ${scene.oldContainer}`);
    await metadb.query("delete from oms_cm.cm_node where host_ip = ?", [host.address]);
  }
  await metadb.query("delete from oms_cm.cm_location where location = 1");
  await metadb.query(
    "delete from oms_cm_heartbeat_2.heatbeat_sequence where gmt_created > '2025-01-01'",
  );
}

afterEach(secondRegionUp);

const part = (plan: Awaited<ReturnType<Scene["plan"]>>) =>
  failures(plan.checks).find(({ id }) => id === "metadb-users.metadb");

test("preflight is red, by sessions, by OMS's own tables and by heartbeats", async () => {
  const plan = await scene.plan(deploymentId);
  const scope = `${scene.lab.metadb.host}:3306`;
  const remedy = /Register all regions and nodes of this OMS/;
  for (const evidence of [byTables, byHeartbeats, bySessions]) {
    assertRefused(plan, { scope, evidence, remedy });
  }
  for (const name of second?.nodes ?? []) {
    assert.match(english(part(plan)?.evidence ?? ""), new RegExp(scene.lab.host(name).address));
  }
  // What the unregistered region does is the only trouble that there is.
  assert.deepEqual(
    failures(plan.checks).map(({ id }) => id),
    ["metadb-users.metadb"],
  );
});

test("a run made before the second region appeared is stopped before anything is touched", async () => {
  await secondRegionGone();
  const runId = await scene.start(deploymentId, { gates: ["stop"] });
  await scene.settled(runId, "paused");
  await secondRegionUp();
  const untouched = await scene.restored();
  await scene.command(runId, "approve", { stepId: "gate.stop" });
  await scene.seen(runId, ({ pause }) => pause?.reason === "failed");
  const state = await scene.settled(runId, "paused");
  for (const message of [byTables, byHeartbeats, bySessions]) {
    assertTrouble(state, "verify-again.metadb", {
      ...{ code: "metadb.in_use", message },
      remedy: /abandon the run or roll it back, register it, and plan again/,
    });
  }
  assert.deepEqual(state.marks, {}, "a container was stopped");
  assert.deepEqual(state.backups, []);
  await scene.command(runId, "abandon", { reason });
  await scene.settled(runId, "abandoned");
  assert.deepEqual(await scene.restored(), untouched);
});

test("a rollback stops before it drops a database under the second region's nodes", async () => {
  await secondRegionGone();
  const runId = await scene.start(deploymentId);
  await scene.settled(runId, "succeeded");
  const { metadb } = scene.lab;
  await metadb.query("insert into oms_cm.cm_location values (1, 'cn-heilongjiang', '', '', 0)");
  await startRollback(scene.product, runId);
  const early = await scene.settled(runId, "paused");
  assertTrouble(early, "rollback.verify.metadb", {
    ...{ code: "metadb.in_use", message: byTables, remedy: /confirm that in writing/ },
  });
  assert.ok(await scene.host.isHealthy(), "the new OMS was stopped");

  // A person answers for it; what was confirmed is not asked again, what comes later is.
  const confirm = (stepId: string) => scene.command(runId, "confirm", { stepId, reason });
  const silent = await scene.product.api("POST", `/runs/${runId}/commands`, {
    ...{ kind: "confirm", stepId: "rollback.verify.metadb", reason: " " },
  });
  assert.equal(silent.status, 400);
  // Through the node's own connection: a program that is no OMS, and stays.
  const stranger = scene.lab.host(second?.nodes[0] ?? "");
  const { host, port, user, password } = metadb;
  await stranger.writeFile("/root/stranger.cnf", `[client]\npassword="${password}"\n`, 0o600);
  await stranger.mustExec(
    `setsid mysql --defaults-extra-file=/root/stranger.cnf -h${host} -P${port} '-u${user}' oms_cm -e 'select sleep(600)' </dev/null >/dev/null 2>&1 & echo $! >/run/stranger.pid`,
  );
  await waitUntil("the stranger's session", async () => {
    const rows = await metadb.query(
      "select 1 from information_schema.processlist where db = 'oms_cm' and info like 'select sleep%'",
    );
    return rows.length > 0;
  });
  await confirm("rollback.verify.metadb");
  const late = await scene.settled(runId, "paused");
  const [trouble] = Object.values(late.steps).filter(({ status }) => status === "failed");
  assert.match(trouble?.id ?? "", /^rollback\.(verify|alone)\.metadb$/);
  assert.match(
    english(trouble?.error?.message ?? ""),
    /oms_meta(@site#1)? has 1 session with oms_cm/,
  );
  const databases = await metadb.query("show databases like 'oms%'");
  assert.equal(databases.length, 4, "a database was dropped");
  await stranger.mustExec("kill $(cat /run/stranger.pid); rm /root/stranger.cnf");
  await waitUntil("the stranger's session to end", async () => {
    const rows = await metadb.query(
      "select 1 from information_schema.processlist where db = 'oms_cm' and info like 'select sleep%'",
    );
    return rows.length === 0;
  });
  await scene.retry(runId, trouble?.id ?? "");
  const done = await scene.settled(runId, "rolled-back");
  assert.deepEqual(
    done.confirmed.map(({ key, reason: why }) => [key, why]),
    [["location:1", reason]],
  );
});
