import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isUpToDate } from "./up-to-date.ts";

const script = fileURLToPath(new URL("./run.ts", import.meta.url));

/**
 * Brings the database file to the current schema, as `applyMigrations` does, in a process of its own where there
 * is something to do: the schema engine would leave 40 MiB in this one, for as long as it runs.
 *
 * @throws Error when a migration fails or the database is newer than this program
 */
export async function migrate(file: string): Promise<void> {
  if (await isUpToDate(file)) return;
  try {
    await promisify(execFile)(process.execPath, [script, file]);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw stderr ? new Error(stderr.trim(), { cause: error }) : error;
  }
}
