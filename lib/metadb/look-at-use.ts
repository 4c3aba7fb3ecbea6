import timers from "node:timers/promises";
import { identifier, sql } from "#lib/commands/sql.ts";
import type { MetadbUse } from "#lib/domain/metadb-use.ts";
import { isScratchName } from "#lib/domain/rehearsal.ts";
import { omsTables, readLocations, readNodes } from "./oms-tables.ts";
import { orNothing } from "./or-nothing.ts";
import { type Resolve, readSessions, usersOf } from "./sessions.ts";
import type { SqlSession } from "./types.ts";

/** OMS writes a heartbeat every second: in so long one comes that is not held up, milliseconds. */
const watchMs = 2_500;

export interface UseLook {
  /** The database of the cluster manager; null where the server does not hold it. */
  cmDatabase: string | null;
  /** Heartbeat databases that need not be watched. */
  unwatched: readonly string[];
  resolve: Resolve;
  signal?: AbortSignal | undefined;
}

type Session = Pick<SqlSession, "query">;

/**
 * Looks at who uses a MySQL server, without changing anything: sessions, nodes and locations in the tables of OMS
 * itself, and heartbeats that move. @throws UpliftError metadb.*
 */
export async function lookAtUse(
  session: Session & Pick<SqlSession, "server">,
  look: UseLook,
): Promise<MetadbUse> {
  const isWanted = (database: string) => !look.unwatched.includes(database);
  const heartbeats = await watchHeartbeats(session, isWanted, look.signal);
  const tables = look.cmDatabase === null ? null : await omsTables(session, look.cmDatabase);
  return {
    ...usersOf(await readSessions(session, look.resolve)),
    heartbeats,
    nodes: tables === null ? [] : await readNodes(session, tables),
    locations: tables === null ? [] : await readLocations(session, tables),
  };
}

/**
 * Two looks at the newest heartbeat of every database that has any and is wanted; where there is none this costs no
 * time. @throws UpliftError metadb.*
 */
export async function watchHeartbeats(
  session: Session,
  isWanted: (database: string) => boolean,
  signal?: AbortSignal,
): Promise<MetadbUse["heartbeats"]> {
  const found = await session.query(sql.heartbeatTables);
  const databases = found
    .map((row) => ({ database: String(row.db), table: String(row.name) }))
    .filter(({ database }) => isWanted(database) && !isScratchName(database));
  if (databases.length === 0) return [];
  const newest = () =>
    Promise.all(databases.map(({ database, table }) => newestHeartbeat(session, database, table)));
  const before = await newest();
  await timers.setTimeout(watchMs, undefined, { ...(signal ? { signal } : {}) });
  const after = await newest();
  return databases.flatMap(({ database }, index) => {
    const [one, other] = [before[index], after[index]];
    if (!one || !other) return [];
    return [{ database, moves: one.id !== other.id, newestSeconds: other.seconds }];
  });
}

/** Null where it cannot be read: the table is another one of that name, or was dropped meanwhile. */
async function newestHeartbeat(
  session: Session,
  database: string,
  table: string,
): Promise<{ id: string; seconds: number | null } | null> {
  const [row] = await orNothing(
    session.query(sql.newestHeartbeat(`${identifier(database)}.${identifier(table)}`)),
  );
  if (!row) return null;
  return { id: String(row.id), seconds: row.seconds === null ? null : Number(row.seconds) };
}
