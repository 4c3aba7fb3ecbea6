import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingMigration } from "#lib/store/migrations/difference.ts";
import { schemaFolder } from "#lib/store/migrations/folder.ts";

// node lib/cli/new-migration.ts NAME: writes what the schema has and the migrations lack.
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("usage: node lib/cli/new-migration.ts NAME   (lower case, digits, _)");
  process.exit(2);
}
const folder = schemaFolder("sqlite");
const sql = await missingMigration(folder);
if (sql === "") {
  console.log("The migrations and the schema agree; nothing was written.");
} else {
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const target = join(folder, "migrations", `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(join(target, "migration.sql"), sql);
  console.log(`Wrote ${target}/migration.sql; read it before you commit it.`);
}
