import { sql } from "#lib/commands/sql.ts";
import { errorInfo } from "#lib/domain/errors.ts";
import type { TriedRights } from "#lib/domain/facts.ts";
import { isTryName, isTryOver, tryNameFor } from "#lib/domain/rehearsal.ts";
import { createScratch, dropScratch, type Scratch } from "./scratch.ts";
import type { SqlSession } from "./types.ts";

/** What stands in the mark of such a database, whoever tried. */
const madeBy = "preflight";

/**
 * Tries on a scratch database what a restore does: creates it, fills a small table, changes, locks and
 * drops it. Nothing else is written to. The database is dropped whatever comes; one that a try left behind
 * because it died is dropped by a later one. Never throws: what the server refused is told.
 *
 * @param never the deployment's own databases
 * @param now ms since the epoch
 */
export async function tryRights(
  session: SqlSession,
  { characterSet, collation, never }: Pick<Scratch, "never"> & Characters,
  now: number,
): Promise<TriedRights> {
  const name = tryNameFor(now);
  const scratch: Scratch = { name, madeBy, never };
  const done: string[] = [];
  let refused: TriedRights["refused"] = null;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    if (refused !== null) return;
    try {
      await work();
      done.push(what);
    } catch (error) {
      refused = { what, message: errorInfo(error).message };
    }
  };
  await attempt("CREATE DATABASE", () =>
    createScratch(session, scratch, { characterSet, collation }),
  );
  for (const [what, statement] of sql.tryScratch(name)) {
    await attempt(what, () => session.execute(statement));
  }
  await session.execute(sql.unlockTables).catch(() => undefined);
  const drop = () => dropScratch(session, scratch);
  // After a refusal, too: then what is left of it goes, and the refusal is what is told.
  if (refused === null) await attempt("DROP DATABASE", drop);
  else await drop().catch(() => undefined);
  await dropLeftovers(session, never, now);
  return { database: name, done, refused };
}

interface Characters {
  characterSet: string;
  collation: string;
}

/** What a try left whose process or connection died; a later try takes what is still there. */
async function dropLeftovers(
  session: SqlSession,
  never: readonly string[],
  now: number,
): Promise<void> {
  const rows = await session.query(sql.listScratch).catch(() => []);
  for (const { name } of rows) {
    if (typeof name !== "string" || !isTryName(name) || !isTryOver(name, now)) continue;
    await dropScratch(session, { name, madeBy, never }).catch(() => undefined);
  }
}
