import { createHash } from "node:crypto";
import { openClient } from "../sqlite.ts";
import { migrationsList, schemaFolder } from "./folder.ts";

/** The schema engine's book of migrations; one that failed or was undone has no end, or a time of its undoing. */
const book = `SELECT migration_name AS name, checksum FROM _prisma_migrations
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;
const bookExists =
  "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'";

/**
 * Whether every migration of this program, and no other, is in the database file, each with the checksum of its
 * text. Anything else is for the schema engine to judge.
 */
export async function isUpToDate(file: string, folder = schemaFolder("sqlite")): Promise<boolean> {
  const client = openClient(file);
  try {
    if ((await client.execute(bookExists)).rows.length === 0) return false;
    const { rows } = await client.execute(book);
    const applied = rows.map(({ name, checksum }) => `${name} ${checksum}`);
    const known = migrationsList(folder).migrationDirectories.map(
      ({ path, migrationFile }) => `${path} ${sha256(migrationFile.content.value)}`,
    );
    return applied.join("\n") === known.join("\n");
  } finally {
    client.close();
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
