import { createHash, randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrationsList, schemaFolder } from "../migrations/folder.ts";
import { migrate } from "../migrations/migrate.ts";

/** Each transaction waits for its disk, which no test is about. */
const inMemory = "/dev/shm";
const cache = join(import.meta.dirname, "../../../.cache/store");

/** A new data directory with a database that has its tables: to copy it costs a hundredth of making it. */
export async function freshDataDir(): Promise<string> {
  const parent = existsSync(inMemory) ? inMemory : tmpdir();
  const directory = mkdtempSync(join(parent, "uplift-data-"));
  copyFileSync(await emptyDatabase(), join(directory, "uplift.db"));
  return directory;
}

/** A database to which every migration was applied and nothing else was done. */
async function emptyDatabase(): Promise<string> {
  const migrations = JSON.stringify(migrationsList(schemaFolder("sqlite")).migrationDirectories);
  const file = join(cache, `${createHash("sha256").update(migrations).digest("hex")}.db`);
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  // Beside its place, so that another test never takes half of it.
  const draft = `${file}.${randomUUID()}`;
  await migrate(draft);
  renameSync(draft, file);
  return file;
}
