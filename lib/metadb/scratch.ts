import { scratchMark, sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { isScratchName } from "#lib/domain/rehearsal.ts";
import { lookAtDatabase } from "./look.ts";
import type { SqlSession } from "./types.ts";

/** A database that dumps are restored into for practice, and whose mark it bears. */
export interface Scratch {
  name: string;
  /** The plan whose rehearsal made it. */
  madeBy: string;
  /** The deployment's own databases: none of them is ever taken for a scratch database. */
  never: readonly string[];
}

/** Creates the scratch database, empty but for its mark. What an earlier try has left of it goes first. */
export async function createScratch(
  session: SqlSession,
  scratch: Scratch,
  { characterSet, collation }: { characterSet: string; collation: string },
): Promise<void> {
  await dropScratch(session, scratch);
  await session.execute(sql.createScratch(scratch.name, characterSet, collation));
  await session.execute(sql.createScratchMark(scratch.name));
  await session.execute(sql.markScratch(scratch.name), [scratch.madeBy]);
}

/**
 * Drops the scratch database if it is there: only by a name that no other database can have, and only
 * one that is empty or bears the mark of this very rehearsal.
 *
 * @returns whether there was one
 * @throws UpliftError rehearsal.refused when it may be somebody else's
 */
export async function dropScratch(session: SqlSession, scratch: Scratch): Promise<boolean> {
  const { name, never } = scratch;
  // MySQL may not tell upper from lower case in names.
  if (!isScratchName(name) || never.some((one) => one.toLowerCase() === name)) throw refused(name);
  const seen = await lookAtDatabase(session, name);
  if (!seen.exists) return false;
  const isEmpty = seen.tables + seen.views + seen.routines + seen.events === 0;
  if (!isEmpty && !(await bearsMark(session, scratch))) throw refused(name);
  await session.execute(sql.dropScratch(name));
  return true;
}

async function bearsMark(session: SqlSession, { name, madeBy }: Scratch): Promise<boolean> {
  const [table] = await session.query(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
    [name, scratchMark],
  );
  if (!table) return false;
  const rows = await session.query(sql.readScratchMark(name));
  // A try that died between table and row has left nothing else.
  if (rows.length === 0) return (await lookAtDatabase(session, name)).tables === 1;
  return rows.length === 1 && rows[0]?.madeBy === madeBy;
}

function refused(name: string): UpliftError {
  return new UpliftError(
    "rehearsal.refused",
    `${name} is not a scratch database of this rehearsal, so it is not dropped.`,
    { remedy: `Look what ${name} is; drop it by hand if nobody needs it, then retry.` },
  );
}
