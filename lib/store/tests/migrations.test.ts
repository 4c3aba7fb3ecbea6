import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { db } from "../client.ts";
import { applyMigrations } from "../migrations/apply.ts";
import { missingMigration } from "../migrations/difference.ts";
import { schemaFolder } from "../migrations/folder.ts";
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
