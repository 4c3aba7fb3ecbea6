import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { dockerRunCommand } from "#lab/lab.ts";
import { assertRefused, Scene } from "./trouble-scene.ts";

/** Bad input and trouble that the checks must find: no plan is made and nothing is touched. */
let scene: Scene;
let untouched: Awaited<ReturnType<Scene["outside"]>>;
let deploymentId: string;
const undo: (() => Promise<unknown>)[] = [];

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], loadNewImage: ["hz-1"] });
  deploymentId = await scene.register();
  untouched = await scene.outside();
});

after(() => scene?.close());

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  assert.deepEqual(await scene.outside(), untouched, "the checks have touched something");
});

const archive = () => ({ imageArchive: scene.lab.images.archivePathOnHost });

test("with the archive given, the checks pass", async () => {
  const plan = await scene.plan(deploymentId, archive());
  assert.ok(plan.passes, JSON.stringify(plan.checks));
});

test("a wrong SSH password", async () => {
  const credentialId = await scene.credential({
    username: "root",
    method: "password",
    password: "not the password",
  });
  const id = await scene.register((document) => {
    for (const node of document.regions[0]?.nodes ?? []) node.ssh.credentialId = credentialId;
  });
  assertRefused(await scene.plan(id, archive()), {
    scope: "hz-1",
    evidence: /hz-1 \(10\.77\.\d+\.\d+:22\) did not let root in with the password/,
    remedy: /Check the user and the password/,
  });
});

test("an unreachable host", async () => {
  const id = await scene.register();
  const host = scene.lab.host("hz-2");
  await host.cutNetwork();
  undo.push(() => host.restoreNetwork());
  assertRefused(await scene.plan(id, archive()), {
    scope: "hz-2",
    evidence: /hz-2 \(10\.77\.\d+\.\d+:22\) cannot be reached: /,
    remedy: /check that the host is up, the address, the port and the firewall/,
  });
});

test("refused sudo", async () => {
  const credentialId = await scene.credential({
    username: "admin",
    method: "password",
    password: scene.lab.options.adminPassword,
    sudoPassword: "not the password",
  });
  const id = await scene.register((document) => {
    for (const node of document.regions[0]?.nodes ?? []) node.ssh.credentialId = credentialId;
  });
  assertRefused(await scene.plan(id, archive()), {
    scope: "hz-1",
    evidence:
      /admin on hz-1 .* could not become root with `sudo -n` and the stored sudo password; sudo said: /,
    remedy: /Store the right sudo password/,
  });
});

for (const [what, path, evidence] of [
  ["no Docker", "/usr/bin/docker", /hz-1.*(not found|No such file)/s],
  [
    "a Docker Engine that does not answer",
    "/run/docker.sock",
    /hz-1.*Cannot connect to the Docker daemon/s,
  ],
] as const) {
  test(what, async () => {
    const host = scene.lab.host("hz-1");
    await host.hideTool(path);
    undo.push(() => host.unhideTool(path));
    const plan = await scene.plan(deploymentId, archive());
    assertRefused(plan, {
      scope: "hz-1",
      evidence,
      remedy: /Docker is installed and runs on hz-1/,
    });
  });
}

test("a missing container, and one that is not OMS", async () => {
  const host = scene.lab.host("hz-1");
  await host.mustExec(`docker create --name stranger ${scene.lab.images.old}`);
  undo.push(() => host.mustExec("docker rm stranger"));
  const named = (name: string) =>
    scene.register((document) => {
      const node = document.regions[0]?.nodes[0];
      if (node) node.containerName = name;
    });
  assertRefused(await scene.plan(await named("oms_nowhere"), archive()), {
    scope: "hz-1",
    evidence: /There is no container oms_nowhere on hz-1: .*No such container/i,
    remedy: /Correct the container's name of hz-1/,
  });
  assertRefused(await scene.plan(await named("stranger"), archive()), {
    scope: "hz-1",
    evidence: /stranger on hz-1 mounts no .*config.yaml: it is not an OMS container/,
    remedy: /Name the OMS container/,
  });
});

test("a container that is stopped already", async () => {
  const host = scene.lab.host("hz-2");
  await host.mustExec(`docker stop -t 5 ${scene.oldContainer}`);
  undo.push(async () => {
    await host.mustExec(`docker start ${scene.oldContainer}`);
    await scene.everyoneHealthy();
  });
  assertRefused(await scene.plan(deploymentId, archive()), {
    scope: "hz-2",
    evidence: /oms_330 is stopped/,
    remedy: /docker start oms_330/,
  });
});

test("an image that is missing on one node, without an archive", async () => {
  assertRefused(await scene.plan(deploymentId, { imageArchive: null }), {
    scope: "hz-2",
    evidence: /oms:feature_3\.3\.1-ce is not on this host/,
    remedy: /docker load -i FILE\) on hz-2/,
  });
});

test("an archive that is not there, and one that is no archive", async () => {
  assertRefused(await scene.plan(deploymentId, { imageArchive: "/data/images/nowhere.tar" }), {
    scope: "hz-2",
    evidence: /\/data\/images\/nowhere\.tar could not be read on hz-2: .*No such file/,
    remedy: /Copy the archive to hz-2/,
  });
  assertRefused(await scene.plan(deploymentId, { imageArchive: "/data/config.yaml" }), {
    scope: "hz-2",
    evidence: /\/data\/config\.yaml on hz-2 is not an image archive/,
    remedy: /docker save/,
  });
});

test("a MetaDB that is down", async () => {
  await scene.lab.metadb.kill();
  undo.push(async () => {
    await scene.lab.metadb.start();
    await scene.everyoneHealthy();
  });
  assertRefused(await scene.plan(deploymentId, archive()), {
    scope: `${scene.lab.metadb.host}:3306`,
    // Refused, or closed at once by a server on its way down.
    evidence:
      /^(?=.*hz-1).*MetaDB 10\.77\.\d+\.\d+:3306 .*cannot be reached: .*(refused|closed the connection)/is,
    remedy: /Check that the MetaDB runs/,
  });
});

test("a wrong MetaDB password", async () => {
  const id = await scene.register((document) => {
    document.metadb.password = "not the password";
  });
  assertRefused(await scene.plan(id, archive()), {
    scope: `${scene.lab.metadb.host}:3306`,
    evidence: /through hz-1, as oms_meta@site#1\) refused the log-in: Access denied/,
    remedy: /Check the MetaDB's user and password/,
  });
});

test("a MetaDB user without rights, and one with too few", async () => {
  const { metadb } = scene.lab;
  const user = "limited";
  await metadb.query(`create user ${user}@'%' identified by 'limited'`);
  undo.push(() => metadb.query(`drop user ${user}@'%'`));
  const id = await scene.register((document) => {
    Object.assign(document.metadb, { user, password: "limited" });
  });
  assertRefused(await scene.plan(id, archive()), {
    scope: `${metadb.host}:3306`,
    evidence: /denied|Missing: SELECT on oms_rm/,
    remedy: /Grant the missing right/,
  });
  await metadb.query(`grant select on *.* to ${user}@'%'`);
  assertRefused(await scene.plan(id, archive()), {
    scope: `${metadb.host}:3306`,
    evidence: /Missing: .*DROP on oms_rm/,
    remedy: /Grant the missing rights/,
  });
});

test("a database that does not exist", async () => {
  const id = await scene.register((document) => {
    document.metadb.cmDatabase = "oms_nowhere";
  });
  assertRefused(await scene.plan(id, archive()), {
    scope: `${scene.lab.metadb.host}:3306`,
    evidence: /There is no database oms_nowhere on 10\.77\.\d+\.\d+:3306/,
    remedy: /Correct the database's name/,
  });
});

test("a config.yaml that is gone, and one that is broken", async () => {
  const host = scene.lab.host("hz-1");
  const path = "/data/config.yaml";
  await host.mustExec(`cp -p ${path} /data/config.kept && mv ${path} /data/config.gone`);
  assertRefused(await scene.plan(deploymentId, archive()), {
    scope: "hz-1",
    evidence: /\/data\/config\.yaml could not be read on hz-1: .*No such file/,
    remedy: /Check the file that is mounted at .*config\.yaml on hz-1/,
  });
  await host.mustExec(`mv /data/config.gone ${path}`);
  undo.push(() => host.mustExec(`cat /data/config.kept > ${path}; rm /data/config.kept`));
  await host.writeFile(path, "oms_meta_host: [\n", 0o600);
  assertRefused(await scene.plan(deploymentId, archive()), {
    scope: "hz-1",
    evidence: /\/data\/config\.yaml.*hz-1/,
    remedy: /./,
  });
});

test("a new container's name that is taken", async () => {
  const host = scene.lab.host("hz-2");
  const node = { address: host.address, https: false };
  await host.mustExec(
    dockerRunCommand("3.3.0", node)
      .replace("docker run -dit", "docker create")
      .replace("oms_330", "oms_331"),
  );
  undo.push(() => host.mustExec("docker rm oms_331"));
  assertRefused(await scene.plan(deploymentId, archive()), {
    scope: "hz-2",
    evidence: /A container named oms_331 exists already/,
    remedy: /Choose another name, or rename the old one/,
  });
});

test("too little room for the backups", async () => {
  const host = scene.lab.host("hz-1");
  await host.limitDisk("/home/admin/uplift-backups", 4);
  undo.push(() => host.unlimitDisk("/home/admin/uplift-backups"));
  assertRefused(await scene.plan(deploymentId, archive()), {
    scope: "hz-1",
    evidence: /[\d.]+ MiB free for \/home\/admin\/uplift-backups.*may need [\d.]+ MiB/,
    remedy: /Make room on the filesystem/,
  });
});

// The last one: a host's key cannot be made what it was.
test("a host key that has changed", async () => {
  const host = scene.lab.host("hz-2");
  const pinned = host.hostKeyFingerprint;
  const id = await scene.register();
  const shown = await host.replaceHostKey();
  await host.killSshSessions();
  assertRefused(await scene.plan(id, archive()), {
    scope: "hz-2",
    evidence: new RegExp(`hz-2 .*${literally(shown)}.*${literally(pinned)}.*Nothing was sent`, "s"),
    remedy: /pin the new key/,
  });
});

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
