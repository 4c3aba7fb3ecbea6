import { sql } from "#lib/commands/sql.ts";
import { canonicalAddress, sessionHost } from "#lib/domain/address.ts";
import type { MetadbUse } from "#lib/domain/metadb-use.ts";
import { readGrants } from "./grants.ts";
import type { SqlSession } from "./types.ts";

/** The addresses behind names, as the node resolves them that the session goes through. */
export type Resolve = (
  names: readonly string[],
) => Promise<Readonly<Record<string, readonly string[]>>>;

/** A session that the server shows. */
export interface ServerSession {
  user: string;
  /** Without the port; an address in its one spelling, or a name. */
  host: string;
  /** What the host stands for; none for a name that leads nowhere. */
  addresses: string[];
  database: string | null;
  /** Since when it does what it does, or nothing, seconds. */
  seconds: number;
}

export interface ServerSessions {
  /** The one that asks; null: the server does not show it. */
  own: ServerSession | null;
  /** All others. */
  others: ServerSession[];
  /** Whether the user sees sessions of other users. */
  seesOthers: boolean;
}

/** What stands in the place of a database that was not chosen; OceanBase writes the word. */
const noDatabase: ReadonlySet<string> = new Set(["", "NULL"]);

type Session = Pick<SqlSession, "query" | "server">;

/** All sessions that the server shows, with the addresses that they come from. @throws UpliftError metadb.* */
export async function readSessions(session: Session, resolve: Resolve): Promise<ServerSessions> {
  const rows = await session.query(sql.sessions);
  const hosts = new Set(rows.map(({ host }) => sessionHost(String(host ?? ""))));
  const names = [...hosts].filter((host) => host !== "" && canonicalAddress(host) === null);
  const resolved = names.length === 0 ? {} : await resolve(names);
  const all = rows.map((row) => {
    const host = sessionHost(String(row.host ?? ""));
    return {
      isOwn: row.id !== null && String(row.id) === String(row.own),
      user: String(row.user ?? ""),
      host,
      addresses: canonicalAddress(host) ? [host] : [...(resolved[host] ?? [])],
      database: noDatabase.has(String(row.db ?? "")) ? null : String(row.db),
      seconds: Number(row.seconds ?? 0),
    };
  });
  const own = all.find(({ isOwn }) => isOwn) ?? null;
  const others = all.filter(({ isOwn }) => !isOwn);
  // Somebody else is in sight, whatever the grants say of roles.
  const sees = others.some(({ user }) => user !== own?.user);
  const may = async () => (await readGrants(session)).everywhere.has("PROCESS");
  return { own, others, seesOthers: sees || (await may()) };
}

/** The same for keeping: sessions alike are told together. Pure. */
export function usersOf({
  own,
  others,
  seesOthers,
}: ServerSessions): Pick<MetadbUse, "own" | "seesOthers" | "sessions"> {
  const alike = Map.groupBy(others, ({ user, host, database }) =>
    JSON.stringify([user, host, database]),
  );
  const sessions = [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { user, host, addresses, database } = first;
    return [{ user, host, addresses, database, count: group.length }];
  });
  return { own: own && { host: own.host, addresses: own.addresses }, seesOthers, sessions };
}
