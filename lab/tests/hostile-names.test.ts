import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { withoutLiveRows } from "#lab/metadb/snapshot.ts";
import { sql } from "#lib/commands/sql.ts";
import { changesOf } from "#lib/domain/run-view/report.ts";
import { english } from "#lib/i18n/english.ts";
import type { RunView } from "#lib/services/views.ts";
import { failures, Scene, smallRegion } from "./trouble-scene.ts";

/**
 * Names that a shell, SQL or YAML would read as something else, all the way: discovery's facts, preflight, the
 * survey, HA, heartbeats, dumps and the way back. Each would leave a trace if it were run.
 */
const databases = {
  rm: `oms rm'$(touch pwned-rm)"@#%_1`,
  cm: `cm; touch $HOME & "x' --`,
};
const heartbeat = `hb %_1 '" $PATH @x #y`;
const metaUser = `o'm"s $u \`id\`@site#1`;
let scene: Scene;
let deploymentId: string;

before(async () => {
  const [region] = smallRegion(["hz-1", "hz-2"]);
  scene = await Scene.open({
    databases,
    metaUser,
    regions: [{ ...region, heartbeatDatabase: heartbeat } as ReturnType<typeof smallRegion>[0]],
  });
  deploymentId = await scene.register((document) => {
    document.name = `it's "$(touch /tmp/pwned)" \`id\` & <b>数据</b>`;
    for (const [index, node] of (document.regions[0]?.nodes ?? []).entries()) {
      node.name = `hz '"$x\`id\` ${index + 1}`;
    }
  });
});

after(() => scene?.close());

const haOf = async () => {
  const [row] = await scene.lab.metadb.query(sql.readHa(databases.rm));
  return JSON.parse(String(row?.cfg_value)) as Record<string, unknown>;
};
const heartbeats = async () => {
  const [row] = await scene.lab.metadb.query(sql.maxHeartbeat(heartbeat));
  return Number(row?.total);
};

test("the preflight passes and names them as they are", async () => {
  const plan = await scene.plan(deploymentId);
  assert.deepEqual(failures(plan.checks), []);
  for (const name of [databases.rm, databases.cm, heartbeat]) {
    const seen = plan.checks.find(({ title }) => title === `Database ${name}`);
    assert.equal(seen?.result, "pass", name);
    assert.match(english(seen.evidence), /\d+ tables/);
  }
});

test("an upgrade and its rollback do what they do to any name", async () => {
  const original = withoutLiveRows(await scene.lab.checksum());
  assert.ok((await heartbeats()) > 1_000);
  const runId = await scene.start(deploymentId);
  await scene.settled(runId, "succeeded");
  const ha = await haOf();
  assert.equal(ha.enable, true);
  assert.equal(ha.refetchStoreIntervalMin, 31);
  assert.ok((await heartbeats()) < 1_000, "old heartbeats are still there");

  const run = await scene.product.ask<RunView>("GET", `/runs/${runId}`);
  const [plan] = run.plans;
  assert.ok(plan);
  const changes = changesOf(plan, run.state);
  assert.deepEqual(
    changes?.databases.map(({ database }) => database).sort(),
    [databases.rm, databases.cm, heartbeat].sort(),
  );
  assert.ok(changes?.databases.some(({ tables }) => (tables?.added.length ?? 0) > 0));
  assert.deepEqual(changes?.projects?.changed, []);

  await scene.rollBack(runId);
  assert.deepEqual(withoutLiveRows(await scene.lab.checksum()), original);
});

test("nothing of a name was run, on any host", async () => {
  for (const host of scene.lab.allHosts) {
    const traces = await host.exec("ls -d /tmp/pwned* /root/pwned* 2>/dev/null");
    assert.equal(traces.stdout, "", host.name);
  }
});

test("a backtick, which no dump file would survive, is a letter to every statement", async () => {
  const name = "a`b``c`; drop database lab_journal; --";
  const { metadb } = scene.lab;
  const ticked = sql.createDatabaseIfMissing(name, "utf8mb4", "utf8mb4_bin");
  await metadb.query(ticked);
  await metadb.query(
    `create table ${sql.countRows(name, ["oms_normal_config"]).split(" FROM ")[1]} (cfg_name varchar(64), cfg_value text)`,
  );
  await metadb.query(
    `insert into ${sql.readHa(name).split(" FROM ")[1]?.split(" WHERE ")[0]} values ('ha.config', '{"enable":true}')`,
  );
  await metadb.query(sql.updateHa(name), ['{"enable":false}']);
  const [row] = await metadb.query(sql.selectHa(name));
  assert.equal(row?.cfg_value, '{"enable":false}');
  await metadb.query(sql.dropDatabase(name));
  assert.equal((await metadb.initRuns()).length, 1);
});
