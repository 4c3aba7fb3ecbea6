import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dockerRunCommand, type Lab, type LabHost, startLab } from "#lab/lab.ts";
import { sleep, waitUntil } from "#lab/shell.ts";

// One region whose second node has another configuration file, one region whose heartbeats are elsewhere;
// a release after 4.0, whose consoles wait for the operator.
let lab: Lab;

before(async () => {
  lab = await startLab({
    regions: [
      {
        name: "cn-a",
        nameCn: "甲",
        location: 0,
        isDefault: true,
        nodes: ["a-1", "a-2", "a-3"],
        heartbeatDatabase: "hb_a",
      },
      {
        name: "cn-b",
        nameCn: "乙",
        location: 1,
        isDefault: false,
        nodes: ["b-1"],
        heartbeatDatabase: "hb_b",
        metadb: "second",
      },
    ],
    databases: { rm: "rm_420", cm: "cm_420" },
    oldVersion: "4.2.0",
    newVersion: "4.2.1",
    loadNewImage: true,
    configDifferences: ["a-3"],
    initSeconds: 1,
  });
});

after(() => lab.stop());

const init = "docker exec oms_421 bash /root/docker_init.sh";
const status = async (host: LabHost, name = "oms_421") =>
  (await host.exec(`docker exec ${name} supervisorctl status`)).stdout;
const allHealthy = (hosts: LabHost[]) => async () =>
  (await Promise.all(hosts.map((host) => host.isHealthy()))).every(Boolean);

async function startNew(host: LabHost, { isUpgrade = true } = {}): Promise<void> {
  await host.mustExec("docker rm -f oms_421 2>/dev/null; true");
  await host.mustExec(
    dockerRunCommand("4.2.1", { address: host.address, https: false, isUpgrade }),
  );
}

test("HA that is on acts on a silent node, and only then", async () => {
  const interval = `update rm_420.oms_normal_config set cfg_value = json_set(cfg_value, '$.checkHostDownIntervalSec', 3, '$.enable', ?) where cfg_name = 'ha.config'`;
  await lab.metadb.query(interval.replace("?", "false"));
  await waitUntil(
    "HA off",
    async () => (await lab.host("a-1").health())?.standIn.haEnabled === false,
  );
  await lab.host("a-2").mustExec("docker stop oms_420");
  await sleep(6000);
  assert.deepEqual(await lab.metadb.haActions(), []);
  await lab.metadb.query(interval.replace("?", "true"));
  await waitUntil("HA to act", async () => (await lab.metadb.haActions()).length > 0);
});

test("an empty heartbeat table keeps CM down", async () => {
  const host = lab.host("b-1");
  await host.mustExec("docker stop oms_420");
  const table = "hb_b.heatbeat_sequence";
  const server = lab.metadbOf({ metadb: "second" });
  assert.notEqual(server, lab.metadb);
  await server.query(`create table hb_b.kept select * from ${table}; delete from ${table}`);
  await host.mustExec("docker start oms_420");
  await waitUntil("CM to give up", async () =>
    /oms_drc_cm +FATAL/.test(await status(host, "oms_420")),
  );
  await server.query(`insert into ${table} select * from hb_b.kept; drop table hb_b.kept`);
  await host.mustExec("docker exec oms_420 supervisorctl restart oms_drc_cm");
  await waitUntil("CM", () => host.isHealthy());
});

test("bad settings and asked-for faults end or spoil a container", async () => {
  const host = lab.host("a-1");
  await Promise.all(lab.allHosts.map((each) => each.mustExec("docker stop oms_420")));
  const state = async () =>
    (
      await host.mustExec("docker inspect -f '{{.State.Running}} {{.State.ExitCode}}' oms_421")
    ).trim();

  await host.setOmsFault("exit-after-start");
  await startNew(host);
  await waitUntil("the exit", async () => (await state()) === "false 1");
  await host.clearOmsFault("exit-after-start");

  const config = await host.readFile("/data/config.yaml");
  await host.writeFile("/data/config.yaml", config.replace(/^drc_cm_db:.*$/m, ""));
  await startNew(host);
  await waitUntil("the refusal", async () => (await state()) === "false 1");
  assert.match(await host.mustExec("docker logs oms_421 2>&1"), /drc_cm_db missing/);
  await host.writeFile("/data/config.yaml", config);

  await startNew(host, { isUpgrade: false });
  await waitUntil("no upgrade", async () => /oms_console +FATAL/.test(await status(host)));
  assert.equal((await host.exec(init)).code, 1);

  await host.setOmsFault("no-dump-tool");
  await startNew(host);
  const dump = "docker exec oms_421 mysqldump --version";
  await waitUntil("no tool", async () => (await host.exec(dump)).code !== 0);
  await host.clearOmsFault("no-dump-tool");
  await waitUntil("the tool", async () => (await host.exec(dump)).code === 0);
});

test("each configuration file wants its own initialisation; other nodes' consoles wait", async () => {
  await Promise.all(lab.allHosts.map((host) => startNew(host)));
  const [a1, a2, a3, b1] = ["a-1", "a-2", "a-3", "b-1"].map((name) => lab.host(name));
  assert.ok(a1 && a2 && a3 && b1);
  await a1.mustExec(init);
  await waitUntil("a-1", () => a1.isHealthy());
  assert.match(await status(a2), /oms_console +STOPPED/);
  await a2.mustExec("docker exec oms_421 supervisorctl start oms_console");
  await waitUntil("a-2", () => a2.isHealthy());
  assert.equal((await a3.exec("docker exec oms_421 supervisorctl start oms_console")).code, 7);
  assert.equal(await a3.isHealthy(), false);
  await a3.mustExec(init);
  await b1.mustExec(init);
  await waitUntil("all", allHealthy(lab.allHosts));
  assert.deepEqual(await lab.metadb.initDamage(), []);
  await a1.setOmsFault("health-never");
  await waitUntil("bad health", async () => !(await a1.isHealthy()));
  await a1.clearOmsFault("health-never");
  await waitUntil("good health", () => a1.isHealthy());
});

test("two initialisations at once do damage that can be seen", async () => {
  for (const db of lab.metadb.databases) {
    await lab.metadb.query(`update ${db}.oms_schema_version set version = '4.2.0'`);
    await lab.metadb.query(`delete from ${db}.oms_schema_history where version = '4.2.1'`);
  }
  const two = ["a-1", "a-2"].map((name) => lab.host(name));
  await Promise.all(two.map((host) => host.setInitSeconds(8)));
  await Promise.all(two.map((host) => host.exec(init)));
  assert.notDeepEqual(await lab.metadb.initDamage(), []);
});
