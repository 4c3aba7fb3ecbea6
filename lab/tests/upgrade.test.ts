import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, type MetadbSnapshot, startLab } from "#lab/lab.ts";
import { liveTables } from "#lab/metadb/snapshot.ts";
import { metadbToHand } from "#lab/metadb/to-hand.ts";
import { imageName } from "#lab/options.ts";
import {
  planUpgrade,
  register,
  startRollback,
  startUpgrade,
  waitForRun,
} from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import { filesWithSecrets, SecretsWatch } from "#lab/product/secrets-watch.ts";
import { replay } from "#lib/domain/apply-event.ts";
import type { BackupCheck } from "#lib/domain/backup-check.ts";
import { RunEvent } from "#lib/domain/events.ts";
import { Plan } from "#lib/domain/plan.ts";
import { changesOf } from "#lib/domain/run-view/report.ts";
import type { RunView } from "#lib/services/views.ts";

let lab: Lab;
let product: Product;
let secrets: string[];
let deploymentId: string;
let original: MetadbSnapshot;
let settings: unknown;
let runId: string;

const settingsBesidesHa = () =>
  lab.metadb.query(
    "select * from oms_rm.oms_normal_config where cfg_name <> 'ha.config' order by cfg_name",
  );
const haConfig = async () => {
  const [row] = await lab.metadb.query(
    "select cfg_value as v from oms_rm.oms_normal_config where cfg_name = 'ha.config'",
  );
  return JSON.parse(String(row?.v)) as Record<string, unknown>;
};
const containers = async (host: string) =>
  (await lab.host(host).exec("docker ps -a --format '{{.Names}} {{.State}}' | sort")).stdout
    .trim()
    .split("\n");
/** Restart policies of a host's containers by name, without what a rollback has put aside. */
const restartPolicies = async (host: string) => {
  const format = "{{.Name}} {{.HostConfig.RestartPolicy.Name}}";
  const { stdout } = await lab
    .host(host)
    .exec(`docker inspect -f '${format}' $(docker ps -aq) | grep -v rolled-back | sort`);
  return stdout.trim().split("\n");
};
const hostNames = () => lab.allHosts.map((host) => host.name);

before(async () => {
  lab = await startLab({ metadb: await metadbToHand(console.log), seed: "full" });
  // Stopped, such a container would come back with the next start of the Docker Engine.
  await lab.host("hz-1").mustExec("docker update --restart=unless-stopped oms_330");
  product = await Product.start();
  // sudo with a password, log-in with a password: the way with the most secrets on it.
  deploymentId = await register(product, lab, { user: "admin", method: "password" });
  secrets = [lab.metadb.password, lab.options.adminPassword, product.token];
  original = await lab.checksum();
  settings = await settingsBesidesHa();
});

after(async () => {
  await product?.stop();
  await lab?.stop();
});

test("the checks pass, and the plan shows what will run without a secret in it", async () => {
  const plan = await planUpgrade(product, lab, deploymentId);
  const text = JSON.stringify(plan);
  for (const secret of secrets) assert.ok(!text.includes(JSON.stringify(secret).slice(1, -1)));
  const steps = Plan.parse(plan.plan).steps;
  assert.equal(steps.filter((step) => step.kind === "container.stop").length, 4);
  assert.equal(steps.filter((step) => step.kind === "database.dump").length, 4);
  assert.equal(steps.filter((step) => step.kind === "metadata.init").length, 2);
});

test("upgrades two regions with two nodes each; no secret is seen in any process", async () => {
  const watch = new SecretsWatch([lab.metadb.password, lab.options.adminPassword]);
  runId = await startUpgrade(product, lab, deploymentId);
  const run = await waitForRun(product, runId, ["succeeded"]);
  assert.deepEqual(watch.stop(), []);
  assert.ok(watch.looks > 50, `only ${watch.looks} looks`);

  for (const host of lab.allHosts) {
    assert.deepEqual(await containers(host.name), ["oms_330 exited", "oms_331 running"]);
    assert.equal((await host.health())?.data.healthy, true);
  }
  assert.deepEqual(await restartPolicies("hz-1"), ["/oms_330 no", "/oms_331 unless-stopped"]);
  assert.deepEqual(await restartPolicies("hz-2"), ["/oms_330 no", "/oms_331 no"]);
  const runs = await lab.metadb.initRuns();
  assert.equal(runs.length, 2, JSON.stringify(runs));
  assert.deepEqual(await lab.metadb.initDamage(), []);

  const { T1, T2 } = run.state.marks;
  assert.ok(T1 && T2 && T1.time < T2.time);
  const ha = await haConfig();
  assert.equal(ha.enable, true);
  // The outage in whole minutes, plus the margin of half an hour.
  const outageMs = new Date(T2.time).getTime() - new Date(T1.time).getTime();
  assert.equal(ha.refetchStoreIntervalMin, Math.ceil(outageMs / 60_000) + 30);
});

test("the report says what the upgrade has changed, and nothing else", async () => {
  const run = await product.ask<RunView>("GET", `/runs/${runId}`);
  const plan = Plan.parse(run.plans[0]);
  const changes = changesOf(plan, run.state);
  assert.ok(changes);
  for (const { before, after } of changes.nodes) {
    assert.equal(before?.image, imageName("3.3.0"));
    assert.equal(after?.image, imageName("3.3.1"));
    assert.ok(before?.healthy && after?.healthy);
    assert.equal(after.services?.oms_console, "RUNNING");
  }
  assert.equal(changes.nodes.length, 4);
  const tables = Object.fromEntries(changes.databases.map((one) => [one.database, one.tables]));
  const now = await lab.checksum();
  const added = Object.keys(now.tables).filter((name) => !(name in original.tables));
  const told = Object.entries(tables).flatMap(([database, changed]) =>
    (changed?.added ?? []).map((name) => `${database}.${name}`),
  );
  assert.ok(added.length > 0);
  assert.deepEqual(told.sort(), added.sort());
  for (const changed of Object.values(tables)) assert.deepEqual(changed?.removed, []);
  assert.deepEqual(changes.projects?.changed, []);
  assert.ok((changes.projects?.same ?? 0) > 0);
});

test("every dump is where the audit says, whole, private and of the size it says", async () => {
  const run = await product.ask<RunView>("GET", `/runs/${runId}`);
  assert.deepEqual(run.state.backups.map((backup) => backup.key).sort(), [
    "cm",
    "heartbeat-0",
    "heartbeat-1",
    "rm",
  ]);
  for (const { data, nodeId, proven, rehearsed, tool, manifest } of run.state.backups) {
    assert.ok(proven && manifest && manifest.tables.length > 0);
    assert.ok(rehearsed && tool, "restored for practice");
    const host = run.plans[0]?.hosts.find((one) => one.nodeId === nodeId)?.name ?? "";
    const seen = await lab
      .host(host)
      .exec(
        `stat -c '%s %a' ${data.path}; sha256sum < ${data.path}; zstd -dc ${data.path} | wc -c; zstd -dc ${data.path} | tail -1`,
      );
    const [stat, sum, text, last] = seen.stdout.split("\n");
    assert.equal(stat, `${data.bytes} 600`);
    assert.equal(sum?.slice(0, 64), data.sha256);
    assert.deepEqual([data.compression, Number(text)], ["zstd", data.textBytes]);
    assert.match(last ?? "", /^-- Dump completed/);
  }
  const heartbeats = run.state.backups.find((backup) => backup.key === "heartbeat-0");
  const table = heartbeats?.manifest?.tables.find(({ name }) => name === "heatbeat_sequence");
  assert.equal(table?.rows, 1, "the newest heartbeat alone survives the pruning");
});

test("a backup is read again when asked: a flipped bit, a short file and a lost one are found", async () => {
  const run = await product.ask<RunView>("GET", `/runs/${runId}`);
  const backup = run.state.backups.find(({ key }) => key === "cm");
  assert.ok(backup);
  const host = lab.host(
    run.plans[0]?.hosts.find(({ nodeId }) => nodeId === backup.nodeId)?.name ?? "",
  );
  const check = () => product.ask<BackupCheck>("POST", `/runs/${runId}/backups/cm/checks`);
  const { path } = backup.data;
  assert.equal((await check()).result, "whole");
  await host.exec(`cp -p ${path} ${path}.kept`);
  for (const [damage, result, said] of [
    [
      `printf X | dd of=${path} bs=1 seek=100 conv=notrunc status=none`,
      "damaged",
      /could not be read|SHA-256/,
    ],
    [`truncate -s 1000 ${path}`, "damaged", /could not be read/],
    [`rm ${path}`, "missing", /no file/],
  ] as const) {
    await host.exec(damage);
    const found = await check();
    assert.equal(found.result, result, damage);
    assert.match(found.detail, said);
    await host.exec(`cp -p ${path}.kept ${path}`);
  }
  await host.exec(`rm ${path}.kept`);
  assert.equal((await check()).result, "whole");
});

test("the journal tells who, when, each command and exit code, and folds to the same state", async () => {
  const events = await product.ask<RunEvent[]>("GET", `/runs/${runId}/events`);
  const run = await product.ask<RunView>("GET", `/runs/${runId}`);
  assert.deepEqual(JSON.parse(JSON.stringify(replay(RunEvent.array().parse(events)))), run.state);
  const commands = events.flatMap(({ body }) => (body.type === "step.command" ? [body] : []));
  for (const wanted of [
    /^docker stop -t \d+ oms_330$/,
    /mysqldump .* oms_rm$/,
    /docker_init\.sh$/,
    /^docker run /,
  ]) {
    const found = commands.find(({ command }) => wanted.test(command));
    assert.equal(found?.exitCode, 0, String(wanted));
  }
  const middle = events[100]?.seq ?? 0;
  const rest = await product.ask<RunEvent[]>("GET", `/runs/${runId}/events?after=${middle}`);
  assert.deepEqual(rest, events.slice(middle));
  const log = await product.ask<{ text: string }>("GET", `/runs/${runId}/steps/init.hz-1/log`);
  assert.match(log.text, /\[Step 5\]/);
  assert.match(log.text, /\[Completed\] All initialization steps are executed/);
});

test("rolls back: databases, containers and HA are as before, table by table", async () => {
  const watch = new SecretsWatch([lab.metadb.password, lab.options.adminPassword]);
  const plan = await startRollback(product, runId);
  assert.match(plan.plan?.summary.join(" ") ?? "", /since T2 are lost/);
  const run = await waitForRun(product, runId, ["rolled-back"]);
  assert.deepEqual(watch.stop(), []);

  const now = await lab.checksum();
  assert.deepEqual(now.databases, original.databases, "character sets and collations");
  assert.deepEqual(now.views, original.views);
  assert.deepEqual(now.triggers, original.triggers);
  assert.deepEqual(now.routines, original.routines);
  const tables = Object.keys(original.tables);
  assert.ok(tables.length > 200, `${tables.length} tables`);
  assert.deepEqual(Object.keys(now.tables), tables);
  for (const table of tables) {
    assert.equal(now.tables[table]?.definition, original.tables[table]?.definition, table);
    if (!liveTables.test(table)) assert.deepEqual(now.tables[table], original.tables[table], table);
  }
  assert.deepEqual(await settingsBesidesHa(), settings);
  assert.equal((await haConfig()).enable, true);
  assert.ok(Number((await haConfig()).refetchStoreIntervalMin) >= 31);

  for (const host of lab.allHosts) {
    const [retired, ...rest] = (await containers(host.name)).reverse();
    assert.match(retired ?? "", /^oms_331-rolled-back-\w+ exited$/);
    assert.deepEqual(rest, ["oms_330 running"]);
    assert.equal((await host.health())?.standIn.version, "3.3.0");
  }
  assert.deepEqual(await restartPolicies("hz-1"), ["/oms_330 unless-stopped"]);
  const { T1, T3, HA_BACK } = run.state.marks;
  assert.ok(T1 && T3 && HA_BACK && T1.time < T3.time && T3.time < HA_BACK.time);
  const deployment = await product.ask<{ version: string }>("GET", `/deployments/${deploymentId}`);
  assert.equal(deployment.version, "3.3.0");
});

test("the same upgrade works again after the rollback", async () => {
  const again = await startUpgrade(product, lab, deploymentId);
  await waitForRun(product, again, ["succeeded"]);
  for (const name of hostNames()) {
    assert.ok((await containers(name)).includes("oms_331 running"));
  }
});

test("a second start for one deployment is refused, and so are used and changed plans", async () => {
  const target = {
    version: "3.3.1",
    image: imageName("3.3.1"),
    containerName: "oms_x",
    unlistedPathReason: "test",
  };
  const plan = await product.api("POST", `/deployments/${deploymentId}/plans`, target);
  assert.equal(plan.status, 201);
  const used = (await product.ask<RunView>("GET", `/runs/${runId}`)).plans[0];
  const first = { planId: used?.id, planHash: "0".repeat(64) };
  assert.equal((await product.api("POST", "/runs", first)).status, 409);
});

test("no secret stands in the database, the log or any answer of the API", async () => {
  assert.deepEqual(filesWithSecrets(product.dataDir, secrets), []);
  for (const secret of secrets) assert.ok(!product.output.includes(secret));
  for (const path of [`/runs/${runId}`, `/runs/${runId}/events`, "/deployments", "/credentials"]) {
    const text = JSON.stringify((await product.api("GET", path)).body);
    for (const secret of secrets) {
      assert.ok(!text.includes(JSON.stringify(secret).slice(1, -1)), path);
    }
  }
});
