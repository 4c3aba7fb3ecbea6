import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { db } from "../client.ts";
import { applyMigrations } from "../migrations/apply.ts";
import { missingMigration } from "../migrations/difference.ts";
import { schemaFolder } from "../migrations/folder.ts";
import { isUpToDate } from "../migrations/up-to-date.ts";
import { closeStore, openStore } from "../open.ts";

const directory = mkdtempSync(join(tmpdir(), "uplift-migrations-"));
after(() => rmSync(directory, { recursive: true }));

/** A copy of the schema folder with one more migration. */
function folderWith(name: string, sql: string): string {
  const folder = join(directory, name);
  cpSync(schemaFolder("sqlite"), folder, { recursive: true, dereference: true });
  const target = join(folder, "migrations", `29990101000000_${name}`);
  mkdirSync(target);
  writeFileSync(join(target, "migration.sql"), sql);
  return folder;
}

const tables = () =>
  db().$queryRawUnsafe<{ name: string }[]>("SELECT name FROM sqlite_master WHERE type = 'table'");

test("the migrations say what the schema says", async () => {
  assert.equal(await missingMigration(), "");
});

test("a difference between them is found", async () => {
  const folder = folderWith("drift", 'CREATE TABLE "Drift" ("id" TEXT NOT NULL PRIMARY KEY);');
  assert.match(await missingMigration(folder), /DROP TABLE "Drift"/);
});

test("migrations are applied once, and a failing one changes nothing", async () => {
  const file = join(directory, "uplift.db");
  await openStore(directory);
  await db().setting.create({ data: { key: "kept", value: "yes" } });
  await closeStore();
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(await applyMigrations(file), [], "nothing is pending at the second start");

  const broken = folderWith(
    "broken",
    'CREATE TABLE "Half" ("id" TEXT);\nINSERT INTO "NoSuchTable" VALUES (1);',
  );
  await assert.rejects(applyMigrations(file, broken), /NoSuchTable/);
  await openStore(directory);
  assert.equal(
    (await tables()).some(({ name }) => name === "Half"),
    false,
  );
  assert.equal((await db().setting.findUnique({ where: { key: "kept" } }))?.value, "yes");
  await closeStore();

  const fixed = folderWith("fixed", 'CREATE TABLE "Whole" ("id" TEXT);');
  assert.deepEqual(await applyMigrations(file, fixed), ["29990101000000_fixed"]);
  await assert.rejects(openStore(directory), /newer version/);
});

test("a file is up to date with all migrations as they are here, ended, and no others", async () => {
  const file = join(directory, "book.db");
  new DatabaseSync(file).close();
  assert.equal(await isUpToDate(file), false);
  await applyMigrations(file);
  assert.equal(await isUpToDate(file), true);
  const more = folderWith("more", 'CREATE TABLE "More" ("id" TEXT);');
  assert.equal(await isUpToDate(file, more), false, "one is pending");
  await applyMigrations(file, more);
  assert.equal(await isUpToDate(file), false, "the file is newer");
  const book = new DatabaseSync(file);
  for (const change of ["finished_at = NULL", "rolled_back_at = 1", "checksum = 'other'"]) {
    assert.equal(await isUpToDate(file, more), true);
    book.exec("CREATE TABLE kept AS SELECT * FROM _prisma_migrations");
    book.exec(`UPDATE _prisma_migrations SET ${change} WHERE migration_name LIKE '2999%'`);
    assert.equal(await isUpToDate(file, more), false, change);
    book.exec("DELETE FROM _prisma_migrations; INSERT INTO _prisma_migrations SELECT * FROM kept");
    book.exec("DROP TABLE kept");
  }
  book.close();
});

test("migrations keep the regions and nodes that are there", async () => {
  const folder = join(directory, "first");
  cpSync(schemaFolder("sqlite"), folder, { recursive: true, dereference: true });
  const [first, ...later] = readdirSync(join(folder, "migrations")).filter((name) =>
    /^\d/.test(name),
  );
  for (const name of later) rmSync(join(folder, "migrations", name), { recursive: true });
  const file = join(directory, "old.db");
  assert.deepEqual(await applyMigrations(file, folder), [first]);
  const old = new DatabaseSync(file);
  old.exec(`
    INSERT INTO "Deployment" (id, name, version, "metaHost", "metaPort", "metaUser", "metaPasswordId",
      "rmDatabase", "cmDatabase", settings, "updatedAt") VALUES ('d', 'd', '3.3.0', '', 1, '', '', '', '', '{}', 0);
    INSERT INTO "Region" (id, "deploymentId", position, name, location, "isDefault", "cmUrl", "heartbeatDatabase")
      VALUES ('r', 'd', 0, 'hz', 0, 1, '', 'hb');
    INSERT INTO "Credential" (id, name, username, method) VALUES ('c', 'c', 'root', 'key');
    INSERT INTO "Node" (id, "regionId", position, name, address, "containerName", "sshHost", "sshPort",
      "credentialId", "hostKeyFingerprint") VALUES ('n', 'r', 0, 'hz-1', '', '', '', 22, 'c', '');`);
  old.close();
  assert.deepEqual(await applyMigrations(file), later);
  const now = new DatabaseSync(file);
  assert.equal(now.prepare('SELECT COUNT(*) AS n FROM "Region"').get()?.n, 1);
  assert.equal(now.prepare('SELECT COUNT(*) AS n FROM "Node"').get()?.n, 1);
  now.close();
});
