import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { LabHost } from "#lab/lab.ts";
import { waitUntil } from "#lab/shell.ts";
import { filesOf } from "#lib/domain/backup-files.ts";
import type { BackupRow } from "#lib/services/views.ts";
import { Scene } from "./trouble-scene.ts";

/** What becomes of dumps after their run: second copies, downloads, and their end; with real files. */
let scene: Scene;
let deploymentId: string;
let name: string;
let runId: string;

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"] });
  deploymentId = await scene.register((document) => {
    document.settings = { secondCopy: "node" };
    name = document.name;
  });
  runId = await scene.start(deploymentId);
  await scene.settled(runId, "succeeded");
});

after(() => scene?.close());

const rows = (of = runId) =>
  scene.product
    .ask<BackupRow[]>("GET", `/backups?deployment=${deploymentId}`)
    .then((all) => all.filter((row) => row.runId === of));
/** The node that a dump is on, and the other one. */
const hostOf = ({ nodeName }: Pick<BackupRow, "nodeName">) => scene.lab.host(nodeName);
const otherHost = ({ nodeName }: Pick<BackupRow, "nodeName">) =>
  scene.lab.host(nodeName === "hz-1" ? "hz-2" : "hz-1");
const sum = async (host: LabHost, path: string) =>
  (await host.mustExec(`sha256sum '${path}'`)).slice(0, 64);

async function download(key: string, index: number, query = "", token = scene.product.token) {
  const response = await fetch(
    `${scene.product.url}/api/v1/runs/${runId}/backups/${key}/files/${index}${query}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  return {
    status: response.status,
    headers: response.headers,
    bytes: await response.arrayBuffer().then(Buffer.from, () => null),
  };
}

test("every dump gets a second copy on the other node, proven there, and private", async () => {
  await waitUntil("every copy to be proven", async () =>
    (await rows()).every(({ copy }) => copy?.state === "proven"),
  );
  const seen = await rows();
  assert.equal(seen.length, 3);
  for (const row of seen) {
    const { backup, copy } = row;
    assert.equal(copy?.place, otherHost(row).name);
    for (const [index, file] of filesOf(backup).entries()) {
      const path: string = copy.paths[index] ?? "";
      assert.equal(await sum(otherHost(row), path), file.sha256);
      assert.equal((await otherHost(row).mustExec(`stat -c %a '${path}'`)).trim(), "600");
    }
  }
});

test("a download is the file, from its node and from its copy; the audit knows of it", async () => {
  for (const { backup } of await rows()) {
    for (const [index, file] of filesOf(backup).entries()) {
      for (const query of ["", "?place=copy"]) {
        const { status, headers, bytes } = await download(backup.key, index, query);
        assert.equal(status, 200);
        assert.ok(bytes);
        assert.equal(createHash("sha256").update(bytes).digest("hex"), file.sha256);
        assert.match(headers.get("repr-digest") ?? "", /^sha-256=:/);
      }
    }
  }
  assert.equal((await download("rm", 7)).status, 404);
  assert.equal((await download("nothing", 0)).status, 404);
  assert.equal((await download("rm", 0, "", "wrong")).status, 401);
});

test("a damaged dump never arrives as a whole file; its copy does", async () => {
  const [row] = (await rows()).filter(({ backup }) => backup.key === "rm");
  assert.ok(row);
  const { path, sha256, bytes } = row.backup.data;
  await hostOf(row).mustExec(
    `cp -p '${path}' /tmp/kept && printf X | dd of='${path}' bs=1 seek=${Math.floor(bytes / 2)} conv=notrunc status=none`,
  );
  const damaged = await download("rm", 0);
  assert.equal(damaged.bytes, null, "a damaged file came to its end");
  const copy = await download("rm", 0, "?place=copy");
  assert.equal(
    createHash("sha256")
      .update(copy.bytes ?? "")
      .digest("hex"),
    sha256,
  );
  await hostOf(row).mustExec(`cp -p /tmp/kept '${path}'`);
});

test("what a rollback may need cannot be deleted, and it is said which run needs it", async () => {
  const ask = (body: object) => scene.product.api("POST", `/runs/${runId}/backups/deletion`, body);
  const reason = "a test";
  assert.equal((await ask({ confirmation: "another name", reason })).status, 400);
  assert.equal((await ask({ confirmation: name, reason: " " })).status, 400);
  const refused = await ask({ confirmation: name, reason });
  assert.equal(refused.status, 409);
  assert.partialDeepStrictEqual(refused.body, { code: "backup.needed" });
  assert.match(JSON.stringify(refused.body), new RegExp(`Run ${runId} can still be rolled back`));
  for (const row of await rows()) {
    assert.equal(row.retention?.keep, "needed");
    const { path, sha256 } = row.backup.data;
    assert.equal(await sum(hostOf(row), path), sha256);
  }
});

test("after the rollback they are deleted with their copies; the rows stay, with who and why", async () => {
  await scene.rollBack(runId);
  const before = await rows();
  assert.ok(before.every(({ retention }) => retention?.keep === "policy"));
  const body = { confirmation: name, reason: "the disk is full" };
  // A node that gives no answer keeps its files, and its rows say so.
  const away = scene.lab.host("hz-2");
  await away.cutNetwork();
  const path = `/runs/${runId}/backups/deletion`;
  assert.notEqual((await scene.product.api("POST", path, body)).status, 200);
  assert.ok((await rows()).every(({ deleted }) => deleted === null));
  await away.restoreNetwork();
  await waitUntil(
    "the files to be deleted",
    async () => (await scene.product.api("POST", path, body)).status === 200,
  );
  for (const row of before) {
    for (const file of filesOf(row.backup)) {
      assert.notEqual((await hostOf(row).exec(`test -e '${file.path}'`)).code, 0, file.path);
    }
    for (const one of row.copy?.paths ?? []) {
      assert.notEqual((await otherHost(row).exec(`test -e '${one}'`)).code, 0, one);
    }
  }
  const gone = await rows();
  assert.equal(gone.length, before.length);
  for (const { deleted, retention } of gone) {
    assert.equal(deleted?.reason, "the disk is full");
    assert.ok(deleted?.by.name);
    assert.equal(retention, null);
  }
  assert.equal((await download("rm", 0)).status, 409);
  assert.equal((await scene.product.api("POST", path, body)).status, 404);
});

test("a copy to the dashboard goes on where it was when the dashboard was killed", async () => {
  // Enough that cannot be compressed for a slow line to be caught in the middle of it.
  await scene.lab.metadb.query("create table oms_cm.ballast (id int primary key, b blob)");
  await scene.lab.metadb.query(
    "insert into oms_cm.ballast select seq, random_bytes(1024) from oms_cm.seq_1_to_2048",
  );
  const set = async (secondCopy: string) => {
    const path = `/deployments/${deploymentId}`;
    const known = await scene.product.ask<{ settings: object }>("GET", path);
    const settings = { ...known.settings, secondCopy };
    await scene.product.ask("PUT", path, { ...known, settings });
  };
  await set("none");
  const later = await scene.start(deploymentId);
  await scene.settled(later, "succeeded");
  assert.ok((await rows(later)).every(({ copy }) => copy === null));

  const big = async () => (await rows(later)).find(({ backup }) => backup.key === "cm");
  const slow = scene.lab.host((await big())?.nodeName ?? "");
  await slow.slowLink({ kilobitsPerSecond: 1_000 });
  await set("dashboard");
  await waitUntil("the copy to be in the middle", async () => {
    const copy = (await big())?.copy;
    return copy?.state === "copying" && copy.copied > 200_000;
  });
  await scene.product.kill();
  const [path = ""] = (await readdir(`${scene.product.dataDir}/backup-copies/${later}/cm`)).filter(
    (file) => file.endsWith(".part"),
  );
  const begun = await stat(`${scene.product.dataDir}/backup-copies/${later}/cm/${path}`);
  assert.ok(begun.size > 0);
  await slow.restoreLinkSpeed();
  await scene.product.launch();
  await waitUntil("every copy to be proven", async () => {
    const seen = await rows(later);
    return seen.length === 3 && seen.every(({ copy }) => copy?.state === "proven");
  });
  for (const { backup, copy } of await rows(later)) {
    assert.equal(copy?.place, "this dashboard");
    for (const [index, file] of filesOf(backup).entries()) {
      const bytes: Buffer = await readFile(copy.paths[index] ?? "");
      assert.equal(createHash("sha256").update(bytes).digest("hex"), file.sha256);
    }
  }
  const whole = await stat((await big())?.copy?.paths[0] ?? "");
  assert.equal(whole.ino, begun.ino, "the file was begun anew");
});
