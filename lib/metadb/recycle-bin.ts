import { identifier } from "#lib/commands/sql.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import type { SqlSession } from "./types.ts";

/**
 * How a database that was dropped last can be brought back out of the server's recycle bin; null where there is
 * none, where it is switched off, or where the account may not look into it.
 */
export async function wayOutOfRecycleBin(
  session: Pick<SqlSession, "query" | "server">,
  database: string,
): Promise<string | null> {
  if (!flavourOf(session.server).hasRecycleBin) return null;
  const rows = await session.query("SHOW RECYCLEBIN").catch(() => []);
  const kept = rows
    .filter((row) => row.ORIGINAL_NAME === database && row.TYPE === "DATABASE")
    .sort((a, b) => String(a.CREATETIME).localeCompare(String(b.CREATETIME)))
    .at(-1);
  if (!kept) return null;
  return `FLASHBACK DATABASE ${identifier(String(kept.OBJECT_NAME))} TO BEFORE DROP RENAME TO ${identifier(`${database}_before_restore`)}`;
}
