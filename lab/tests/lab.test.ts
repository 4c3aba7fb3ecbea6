import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { type Lab, type LabHost, openLab, startLab } from "#lab/lab.ts";
import { toolsFor, usualMetadb } from "#lab/metadb/kind.ts";
import { dockerRunCommand } from "#lab/oms.ts";
import { run, tryRun, waitUntil } from "#lab/shell.ts";
import { dumpByHand, restoreByHand, triggersByHand } from "./dump-by-hand.ts";

let lab: Lab;
const kind = usualMetadb();

before(async () => {
  // Each server with tools of its own family; OceanBase has none.
  lab = await startLab({ log: console.log, hostTools: toolsFor(kind) });
});

after(() => lab.stop());

/** The system's own SSH client, as far from the lab's and the product's code as can be. */
function ssh(host: LabHost, user: "root" | "admin", command: string) {
  const { privateKeyPath } = host.users[user];
  return tryRun([
    ...["ssh", "-F", "none", "-i", privateKeyPath, "-o", "BatchMode=yes"],
    ...["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"],
    ...["-o", "LogLevel=ERROR", `${user}@${host.address}`, command],
  ]);
}

const supervisorctl = async (host: LabHost, container: string, words: string) =>
  (await host.exec(`docker exec ${container} supervisorctl ${words}`)).stdout;

test("every host is healthy and runs the old container", async () => {
  for (const host of lab.allHosts) {
    assert.equal((await host.health())?.data.healthy, true, host.name);
    const { stdout } = await ssh(host, "root", "docker ps --format '{{.Names}} {{.Image}}'");
    assert.equal(stdout.trim(), `oms_330 ${lab.images.old}`);
  }
  const status = await supervisorctl(lab.host("hz-1"), "oms_330", "status");
  const running = status.split("\n").filter((line) => / RUNNING /.test(line));
  assert.equal(await openLab(lab.id).host("hz-1").isHealthy(), true);
  const names = running.map((line) => line.split(" ")[0]);
  const expected = ["crond", "nginx", "oms_console", "oms_drc_cm", "oms_drc_supervisor", "sshd"];
  assert.deepEqual(names, expected);
});

test("login with a key and with a password, and sudo with a password", async () => {
  const host = lab.host("hlj-1");
  assert.equal((await ssh(host, "admin", "id -un; hostname")).stdout, "admin\nhlj-1\n");
  const askPass = { SSH_ASKPASS_REQUIRE: "force", SSH_ASKPASS: "/bin/echo" };
  // /bin/echo as askpass would print the prompt: a wrong password, which must not do.
  const options = ["-F", "none", "-o", "PubkeyAuthentication=no", "-o", "StrictHostKeyChecking=no"];
  const login = ["ssh", ...options, "-o", "UserKnownHostsFile=/dev/null", `root@${host.address}`];
  const refused = await tryRun([...login, "true"], { env: { ...process.env, ...askPass } });
  assert.notEqual(refused.code, 0);
  const helper = `${lab.stateDir}/askpass`;
  await run([
    "sh",
    "-c",
    'printf "#!/bin/sh\\necho %s\\n" "$1" >"$2"; chmod 700 "$2"',
    "sh",
    host.users.root.password,
    helper,
  ]);
  const env = { ...process.env, ...askPass, SSH_ASKPASS: helper };
  assert.equal((await tryRun([...login, "id -u"], { env })).stdout, "0\n");
  const { password } = host.users.admin;
  assert.notEqual((await ssh(host, "admin", "sudo -n id -u")).code, 0);
  const sudo = await ssh(host, "admin", `echo '${password}' | sudo -S -p '' id -u`);
  assert.equal(sudo.stdout, "0\n", sudo.stderr);
});

test("the fingerprint is the one the server shows, and can change", async () => {
  const host = lab.host("hlj-2");
  const shown = async () =>
    run([
      "sh",
      "-c",
      'ssh-keyscan -t ed25519 "$1" 2>/dev/null | ssh-keygen -lf -',
      "sh",
      host.address,
    ]);
  assert.ok((await shown()).includes(host.hostKeyFingerprint));
  const before = host.hostKeyFingerprint;
  assert.notEqual(await host.replaceHostKey(), before);
  await waitUntil("the new key", async () => (await shown()).includes(host.hostKeyFingerprint));
});

test("heartbeats are written in each region, and HA is on", async () => {
  const newest = async (database: string) =>
    Number(
      (await lab.metadb.query(`select max(id) as n from ${database}.heatbeat_sequence`))[0]?.n,
    );
  for (const { heartbeatDatabase } of lab.options.regions) {
    const before = await newest(heartbeatDatabase);
    await waitUntil("a heartbeat", async () => (await newest(heartbeatDatabase)) > before);
  }
  await waitUntil("HA", async () => (await lab.host("hz-1").health())?.standIn.haEnabled === true);
});

test("network cuts, killed sessions, power cuts and a lost MetaDB, each undone", async () => {
  const host = lab.host("hz-2");
  await host.cutNetwork();
  assert.equal(await host.health(), undefined);
  await host.restoreNetwork();
  await waitUntil("the network", () => host.isHealthy());

  const session = ssh(host, "root", "touch /run/lab-session; sleep 60");
  await waitUntil(
    "the session",
    async () => (await host.exec("test -e /run/lab-session")).code === 0,
  );
  await host.killSshSessions();
  assert.notEqual((await session).code, 0);
  assert.equal((await ssh(host, "root", "echo still here")).stdout, "still here\n");

  await lab.metadb.kill();
  await waitUntil("bad health", async () => !(await host.isHealthy()));
  await lab.metadb.start();
  await waitUntil("good health", () => host.isHealthy());

  await host.stopDocker();
  assert.equal(await host.health(), undefined);
  await host.startDocker();
  await host.mustExec("docker start oms_330");
  await waitUntil("OMS on the new engine", () => host.isHealthy());

  await host.writeFile("/data/written-before", "kept");
  await host.powerCut();
  assert.equal(host.isOn, false);
  await host.boot();
  await host.waitForDocker();
  assert.equal(await host.readFile("/data/written-before"), "kept");
  assert.equal((await host.exec("docker ps -q")).stdout, "");
  await host.mustExec("docker restart oms_330");
  await waitUntil("OMS after the power cut", () => host.isHealthy());
});

test("a slow link, undone", async () => {
  const host = lab.host("hlj-2");
  const seconds = async () => {
    const start = Date.now();
    assert.equal((await ssh(host, "root", "head -c 300000 /dev/zero")).stdout.length, 300_000);
    return (Date.now() - start) / 1000;
  };
  await host.slowLink({ kilobitsPerSecond: 1000 });
  // 2.4 Mbit take so long on any machine; how long they take without a limit depends on what else is going on.
  const slow = await seconds();
  assert.ok(slow > 2, `${slow} s`);
  await host.restoreLinkSpeed();
  const limits = await run([
    "ip",
    "netns",
    "exec",
    host.netns,
    "tc",
    "qdisc",
    "show",
    "dev",
    "eth0",
  ]);
  assert.doesNotMatch(limits, /tbf/);
});

test("clock skew, a full disk and a hidden tool, each undone", async () => {
  const host = lab.host("hlj-1");
  await host.setClockSkew(3600);
  const skewed = Number(await host.mustExec("date +%s"));
  assert.ok(Math.abs(skewed - Date.now() / 1000 - 3600) < 5);
  await host.setClockSkew(0);
  assert.ok(Math.abs(Number(await host.mustExec("date +%s")) - Date.now() / 1000) < 5);
  await host.limitDisk("/home/admin", 8);
  assert.equal((await ssh(host, "admin", "head -c 1000000 /dev/zero >big")).code, 0);
  await host.fillDisk("/home/admin", 4096);
  assert.notEqual((await ssh(host, "admin", "head -c 1000000 /dev/zero >bigger")).code, 0);
  await host.unlimitDisk("/home/admin");
  assert.equal(existsSync(host.pathOf("/home/admin/big")), false);
  await host.hideTool("/usr/bin/mysqldump");
  assert.notEqual((await host.exec("command -v mysqldump")).code, 0);
  await host.unhideTool("/usr/bin/mysqldump");
  assert.equal((await host.exec("command -v mysqldump")).code, 0);
  assert.ok(existsSync("/usr/bin/mysqldump"));
});

test("an upgrade by hand, and a rollback that brings back every row", async () => {
  const databases = lab.metadb.databases;
  const stopped = await Promise.all(
    lab.allHosts.map(async (host) => {
      const start = Date.now();
      await host.mustExec("docker stop oms_330");
      return Date.now() - start;
    }),
  );
  // Docker kills after ten seconds what does not end by itself.
  assert.ok(Math.max(...stopped) < 9000, `stopping took ${stopped} ms`);
  const before = await lab.checksum();
  const admin = lab.host("hz-1");
  for (const db of databases) await dumpByHand(lab, admin, db);
  const triggers = await triggersByHand(lab, "oms_rm");

  await Promise.all(
    lab.allHosts.map(async (host) => {
      await host.mustExec(`docker load -i ${lab.images.archivePathOnHost}`);
      const node = { address: host.address, https: false, isUpgrade: true };
      await host.mustExec(dockerRunCommand("3.3.1", node));
    }),
  );
  await waitUntil("the new consoles", async () => {
    const health = await Promise.all(lab.allHosts.map((host) => host.health()));
    return health.every((answer) => answer?.standIn.readiness.state === "needs-init");
  });

  await lab.host("hz-1").setOmsFault("init-fails-at-step-3", { once: true });
  const init = "docker exec oms_331 bash /root/docker_init.sh";
  const failed = await lab.host("hz-1").exec(init);
  assert.equal(failed.code, 1);
  assert.match(failed.stdout, /\[Step 3\]/);
  const done = await lab.host("hz-1").mustExec(init);
  assert.match(
    done,
    /\[Step 1\].*\[Step 5\].*\[Completed\] All initialization steps are executed/s,
  );
  await waitUntil("the first region", () => lab.host("hz-2").isHealthy());
  assert.equal(await lab.host("hlj-1").isHealthy(), false);
  await lab.host("hlj-1").mustExec(init);
  for (const host of lab.allHosts)
    await waitUntil(`health of ${host.name}`, () => host.isHealthy());
  const runs = (await lab.metadb.initRuns()).map(({ region, status }) => `${region} ${status}`);
  const second = "cn-heilongjiang succeeded";
  assert.deepEqual(runs, ["cn-hangzhou failed", "cn-hangzhou succeeded", second]);
  assert.deepEqual(await lab.metadb.initDamage(), []);
  assert.notDeepEqual(await lab.checksum(), before);

  // The old version must refuse what it does not know.
  for (const host of lab.allHosts) await host.mustExec("docker stop oms_331");
  const old = lab.host("hlj-2");
  await old.mustExec("docker restart oms_330");
  await waitUntil("the refusal", async () =>
    (await supervisorctl(old, "oms_330", "status oms_console")).includes("FATAL"),
  );
  assert.equal(await old.isHealthy(), false);
  assert.match(await old.readFile("/data/oms/oms_logs/oms_console/oms_console.log"), /refusing/);
  await old.mustExec("docker stop oms_330");

  for (const db of databases) {
    const was = before.databases[db];
    const again = `drop database ${db}; create database ${db} character set ${was?.charset} collate ${was?.collation}`;
    await lab.metadb.server.queryAs(lab.metadb.user, lab.metadb.password, again);
    await restoreByHand(admin, db);
  }
  for (const trigger of triggers)
    await lab.metadb.server.queryAs(lab.metadb.user, lab.metadb.password, trigger);
  assert.deepEqual(await lab.checksum(), before);
  for (const host of lab.allHosts) await host.mustExec("docker restart oms_330");
  for (const host of lab.allHosts)
    await waitUntil(`health of ${host.name}`, () => host.isHealthy());
});

test("a second lab beside the first, with HTTPS; stopping it leaves nothing", async () => {
  const second = await startLab({
    https: true,
    regions: [
      {
        name: "cn-only",
        nameCn: "单",
        location: 3,
        isDefault: true,
        nodes: ["only-1"],
        heartbeatDatabase: "hb_only",
        metadb: "second",
      },
    ],
    oldVersion: "4.2.0",
    newVersion: "4.2.1",
    loadNewImage: true,
    metaPassword: `'"\\ $(x) #: 😀`,
  });
  assert.notEqual(second.id, lab.id);
  assert.equal(await second.host("only-1").isHealthy(), true);
  const images = await second.host("only-1").mustExec("docker images -q");
  assert.equal(images.trim().split("\n").length, 2);
  await second.stop();
  assert.equal(existsSync(second.stateDir), false);
  const netns = existsSync("/run/netns") ? readdirSync("/run/netns") : [];
  assert.deepEqual(
    netns.filter((name) => name.startsWith(`uplift${second.id}-`)),
    [],
  );
  const links = await run(["ip", "-br", "link"]);
  assert.doesNotMatch(links, new RegExp(`^(uplift${second.id}|upl${second.id}h)`, "m"));
  assert.ok(!readFileSync("/proc/self/mounts", "utf8").includes(second.stateDir));
  const processes = await run(["ps", "-eo", "args"]);
  assert.ok(!processes.includes(`${second.stateDir}/`));
  for (const controller of readdirSync("/sys/fs/cgroup"))
    assert.equal(existsSync(`/sys/fs/cgroup/${controller}/uplift-lab-${second.id}`), false);
  // The first one has not noticed.
  assert.equal(await lab.host("hz-1").isHealthy(), true);
});
