import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Backup } from "#lib/domain/backup.ts";
import type { DeploymentDraft } from "#lib/domain/deployment-input.ts";
import { type DeploymentId, type NodeId, newId, RunId } from "#lib/domain/ids.ts";
import type { Actor, Role } from "#lib/domain/roles.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import { type PrivateSshd, startPrivateSshd } from "#lib/remote/private-sshd.ts";
import { closeAccess } from "#lib/services/access.ts";
import { BackupKeeper } from "#lib/services/backup-keeper.ts";
import { deleteOutlived } from "#lib/services/delete-backups.ts";
import { refuseIfDeleted } from "#lib/services/rollback-rules.ts";
import { db } from "#lib/store/client.ts";
import { ada, seedPlan, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { deleteBackups, downloadBackup, listBackups } from "./backups.ts";
import { createCredential } from "./credentials.ts";
import { createDeployment, getDeployment, updateDeployment } from "./deployments.ts";

/** Backups with real files behind a real sshd, which is both of the deployment's nodes. */
const name = `it's "one" of $2`;
let sshd: PrivateSshd;
let close: () => Promise<void>;
let deploymentId: DeploymentId;
let nodes: NodeId[];
let number = 0;

before(async () => {
  [sshd, close] = await Promise.all([startPrivateSshd(), temporaryStore()]);
  const { target } = sshd;
  assert.equal(target.auth.method, "key");
  const privateKey = target.auth.method === "key" ? target.auth.privateKey.reveal() : "";
  const login = { name: "root", username: "root", method: "key" as const, privateKey };
  const credentialId = (await createCredential(ada, login)).id;
  const node = (index: number) => ({
    ...{ name: `hz-${index}`, address: `10.0.0.${index}`, containerName: "oms_330" },
    ssh: {
      ...{ host: target.host, port: target.port, credentialId },
      hostKeyFingerprint: target.hostKeyFingerprint,
    },
  });
  const document: DeploymentDraft = {
    ...{ name, version: "3.3.0" },
    metadb: {
      ...{ host: "10.0.0.9", user: "root", password: "meta-pass-1" },
      ...{ rmDatabase: "rm", cmDatabase: "cm" },
    },
    settings: {
      backupDirectory: join(sshd.directory, "a b's"),
      ...{ secondCopy: "node", keepBackups: 0, keepBackupDays: 0 },
    },
    regions: [
      {
        ...{ name: "hz", location: 0, isDefault: true, cmUrl: "http://10.0.0.1:8088" },
        ...{ heartbeatDatabase: "hb", nodes: [node(1), node(2)] },
      },
    ],
  };
  deploymentId = await createDeployment(ada, document);
  const inventory = await getDeployment(ada, { deploymentId });
  nodes = inventory.regions.flatMap((region) => region.nodes.map(({ id }) => id));
});

after(async () => {
  await closeAccess();
  await close();
  await sshd[Symbol.asyncDispose]();
});

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** A run that is over, with a dump in two files. */
async function runWithBackup(status: RunStatus) {
  const runId = RunId.parse(newId(RunId, "run"));
  const [nodeId] = nodes;
  assert.ok(nodeId);
  const { plan } = await seedPlan({ deploymentId, regionId: "reg_000000000000" as never, nodeId });
  await db().plan.update({ where: { id: plan.id }, data: { runId } });
  await db().run.create({
    data: {
      ...{ id: runId, deploymentId, status, leg: "forward" },
      ...{ fromVersion: "3.3.0", toVersion: "3.3.1", startedBy: "Ada", startedById: "user-ada" },
      ...{ t1: new Date(), createdAt: new Date(Date.now() + number) },
    },
  });
  number += 1;
  const directory = join(sshd.directory, "a b's", plan.id);
  mkdirSync(directory, { recursive: true });
  const write = (file: string, bytes: Buffer) => {
    const path = join(directory, file);
    writeFileSync(path, bytes);
    return { path, bytes: bytes.length, sha256: sha256(bytes) };
  };
  const backup = Backup.parse({
    ...{ key: "rm", database: "rm", role: "rm", nodeId, proven: true, manifest: null },
    data: write("rm'$x.sql", randomBytes(3_000_000)),
    objects: write("rm.objects.sql", Buffer.from("triggers")),
  });
  const { data } = backup;
  await db().backup.create({
    data: {
      ...{ runId, deploymentId, key: "rm", database: "rm", role: "rm", nodeId, proven: true },
      ...{ path: data.path, bytes: BigInt(data.bytes), sha256: data.sha256 },
      body: JSON.stringify(backup),
    },
  });
  return { runId, backup };
}

const row = async (runId: RunId) => {
  const found = (await listBackups(ada)).find((one) => one.runId === runId);
  assert.ok(found);
  return found;
};
const as = (role: Role): Actor => ({ ...ada, name: role, role });
const actionsOf = async (runId: RunId) =>
  (await db().auditEntry.findMany({ where: { targetId: runId }, orderBy: { seq: "asc" } })).map(
    ({ action }) => action,
  );
const request = { confirmation: name, reason: "the disk is full" };

async function read(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Looks until it holds; a keeper works meanwhile. */
async function kept(holds: () => Promise<boolean>): Promise<void> {
  const troubles: unknown[] = [];
  const keeper = new BackupKeeper((message, error) => troubles.push([message, error]), 50);
  keeper.start();
  for (const until = Date.now() + 60_000; !(await holds()); await wait(100)) {
    assert.ok(Date.now() < until, "it took too long");
  }
  keeper.stop();
  assert.deepEqual(troubles, []);
}

test("a second copy is made, proven and shown, on the other node and then on the dashboard", async () => {
  for (const [secondCopy, place] of [
    ["node", "hz-2"],
    ["dashboard", "this dashboard"],
  ] as const) {
    const known = await getDeployment(ada, { deploymentId });
    const settings = { ...known.settings, secondCopy };
    await updateDeployment(ada, { deploymentId, ...known, settings });
    const { runId, backup } = await runWithBackup("succeeded");
    assert.equal((await row(runId)).copy, null);
    await kept(async () => (await row(runId)).copy?.state === "proven");
    const { copy } = await row(runId);
    assert.equal(copy?.copied, copy?.total);
    const [data = "", objects = ""] = copy?.paths ?? [];
    assert.equal(sha256(readFileSync(data)), backup.data.sha256);
    assert.equal(sha256(readFileSync(objects)), backup.objects?.sha256);
    const stored = await db().backupCopy.findFirstOrThrow({ where: { runId } });
    assert.equal(stored.place, place === "hz-2" ? nodes[1] : "dashboard");
  }
});

test("a copy of what is damaged is never proven, and its trouble is shown", async () => {
  const { runId, backup } = await runWithBackup("succeeded");
  const bytes = readFileSync(backup.data.path);
  bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
  writeFileSync(backup.data.path, bytes);
  await kept(async () => (await row(runId)).copy?.trouble != null);
  const { copy } = await row(runId);
  assert.notEqual(copy?.state, "proven");
  assert.match(copy?.trouble ?? "", /is not what was dumped: .*SHA-256/);
  assert.ok((copy?.paths ?? []).every((path) => !existsSync(path) || path.includes("objects")));
});

test("a download is the file; a damaged one ends in an error; both stand in the audit", async () => {
  const { runId, backup } = await runWithBackup("succeeded");
  for (const role of ["viewer", "approver"] as const) {
    await assert.rejects(
      downloadBackup(as(role), { runId, key: "rm", index: 0, place: "original" }),
      {
        code: "forbidden",
      },
    );
  }
  const file = await downloadBackup(ada, { runId, key: "rm", index: 0, place: "original" });
  assert.equal(sha256(await read(file.content)), backup.data.sha256);
  writeFileSync(backup.data.path, randomBytes(3_000_000));
  const damaged = await downloadBackup(ada, { runId, key: "rm", index: 0, place: "original" });
  await assert.rejects(read(damaged.content), { code: "dump.changed" });
  await assert.rejects(downloadBackup(ada, { runId, key: "rm", index: 2, place: "original" }), {
    code: "not_found",
  });
  await assert.rejects(downloadBackup(ada, { runId, key: "rm", index: 0, place: "copy" }), {
    code: "not_found",
  });
  assert.deepEqual(await actionsOf(runId), [
    ...["backup.download", "backup.downloaded"],
    ...["backup.download", "backup.not-downloaded"],
  ]);
});

test("what a rollback may need stays; the rest goes with its copy, and the row says who and when", async () => {
  const { runId, backup } = await runWithBackup("succeeded");
  await kept(async () => (await row(runId)).copy?.state === "proven");
  const copies = (await row(runId)).copy?.paths ?? [];
  await assert.rejects(deleteBackups(as("operator"), { runId, ...request }), { code: "forbidden" });
  await assert.rejects(deleteBackups(ada, { runId, ...request, confirmation: "it" }), {
    code: "request.invalid",
  });
  await assert.rejects(deleteBackups(ada, { runId, ...request }), (error: Error) => {
    assert.match(error.message, new RegExp(`Run ${runId} can still be rolled back`));
    return true;
  });
  assert.ok(existsSync(backup.data.path));
  assert.deepEqual(await actionsOf(runId), []);

  await db().run.update({ where: { id: runId }, data: { status: "rolled-back" } });
  await sshd.stop();
  await assert.rejects(deleteBackups(ada, { runId, ...request }), { code: "ssh.unreachable" });
  assert.equal((await row(runId)).deleted, null);
  await sshd.start();
  await deleteBackups(ada, { runId, ...request });
  for (const path of [backup.data.path, backup.objects?.path ?? "", ...copies]) {
    assert.ok(!existsSync(path), path);
  }
  assert.ok(!existsSync(dirname(backup.data.path)));
  const { deleted, retention } = await row(runId);
  assert.partialDeepStrictEqual(deleted, { by: { name: "Ada" }, reason: "the disk is full" });
  assert.equal(retention, null);
  assert.deepEqual(await actionsOf(runId), [
    ...["backup.delete", "backup.not-deleted"],
    ...["backup.delete", "backup.deleted"],
  ]);
  await assert.rejects(refuseIfDeleted(runId), /deleted by Ada at .*: the disk is full/);
  await assert.rejects(downloadBackup(ada, { runId, key: "rm", index: 0, place: "original" }), {
    code: "backup.deleted",
  });
  await assert.rejects(deleteBackups(ada, { runId, ...request }), { code: "not_found" });
});

test("Uplift deletes by itself only where it is told to, and only what may go", async () => {
  await db().run.updateMany({ where: { deploymentId }, data: { status: "rolled-back" } });
  const [old, newest] = [await runWithBackup("succeeded"), await runWithBackup("succeeded")];
  const keeper = { userId: "system", name: "Uplift", via: "system" } as const;
  await deleteOutlived(keeper, Date.now());
  assert.ok(existsSync(old.backup.data.path));
  const known = await getDeployment(ada, { deploymentId });
  const settings = { ...known.settings, deleteBackups: "by-itself" as const };
  await updateDeployment(ada, { deploymentId, ...known, settings });
  await sshd.stop();
  await deleteOutlived(keeper, Date.now());
  await deleteOutlived(keeper, Date.now());
  assert.deepEqual(await actionsOf(old.runId), ["backup.delete", "backup.not-deleted"]);
  await sshd.start();
  await deleteOutlived(keeper, Date.now());
  assert.ok(existsSync(old.backup.data.path), "it waits a day before it tries again");
  await deleteOutlived(keeper, Date.now() + 25 * 60 * 60 * 1000);
  assert.ok(!existsSync(old.backup.data.path));
  assert.ok(existsSync(newest.backup.data.path));
  assert.equal((await row(old.runId)).deleted?.by.name, "Uplift");
  assert.equal((await row(newest.runId)).retention?.keep, "needed");
});
