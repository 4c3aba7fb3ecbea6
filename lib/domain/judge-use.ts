import { canonicalAddress } from "./address.ts";
import type { NodeId } from "./ids.ts";
import type { MetadbUse, RegisteredUse, SeenSessions } from "./metadb-use.ts";
import { readMetadbUser } from "./metadb-user.ts";

/** Somebody or something on the databases that was not registered; `key` is what a person can confirm it by. */
export interface UseFinding {
  key: string;
  text: string;
}

/** A heartbeat that is younger is one of an OMS that runs, seconds. */
const freshSeconds = 120;

type Registered = Pick<RegisteredUse, "nodes" | "locations" | "users">;
type Server = Pick<RegisteredUse["servers"][number], "at" | "databases" | "others">;

/** Everything that was seen on a server of the deployment and that nobody registered. Pure. */
export function strangers(
  use: MetadbUse,
  server: Server,
  registered: Registered,
  /** Whether every container of the deployment is stopped: then its own heartbeats stand still, too. */
  allStopped = false,
): UseFinding[] {
  return [
    ...foreignLocations(use, registered),
    ...foreignNodes(use, registered),
    ...movingHeartbeats(use, server, allStopped),
    ...foreignSessions(use, server, registered),
  ];
}

function foreignLocations(use: MetadbUse, { locations }: Registered): UseFinding[] {
  const tables = Map.groupBy(use.locations, ({ table }) => table);
  return [...tables.values()]
    .filter((rows) => rows.some(({ location }) => locations.includes(location)))
    .flatMap((rows) => rows.filter(({ location }) => !locations.includes(location)))
    .map(({ table, location, region }) => ({
      key: `location:${location}`,
      text: `Location ${location}${region === null ? "" : ` (${region})`} stands in ${table} and is not registered.`,
    }));
}

function foreignNodes(use: MetadbUse, registered: Registered): UseFinding[] {
  const known = addressesOf(registered);
  return nodeLists(use, registered)
    .flatMap((rows) => rows.filter(({ address }) => !known.has(spelling(address))))
    .map(({ table, address, region, lastSeen }) => {
      const more = [region, lastSeen && `last seen ${lastSeen}`].filter(Boolean).join(", ");
      return {
        key: `node:${address}`,
        text: `Node ${address}${more === "" ? "" : ` (${more})`} stands in ${table} and is not registered.`,
      };
    });
}

/**
 * The vendor does not document the tables of cm: what lists at least one registered node is taken for a list of
 * nodes, and nothing else is.
 */
function nodeLists(use: MetadbUse, registered: Pick<Registered, "nodes">): MetadbUse["nodes"][] {
  const known = addressesOf(registered);
  return [...Map.groupBy(use.nodes, ({ table }) => table).values()].filter((rows) =>
    rows.some(({ address }) => known.has(spelling(address))),
  );
}

/** The tables of cm that list every registered node, so that they would list another one as well. Pure. */
export function completeLists(use: MetadbUse, registered: Pick<Registered, "nodes">): string[] {
  return nodeLists(use, registered).flatMap((rows) => {
    const listed = new Set(rows.map(({ address }) => spelling(address)));
    const isComplete = registered.nodes.every(({ addresses }) =>
      addresses.some((one) => listed.has(one)),
    );
    return isComplete ? [rows[0]?.table ?? ""] : [];
  });
}

function movingHeartbeats(use: MetadbUse, server: Server, allStopped: boolean): UseFinding[] {
  return use.heartbeats.flatMap(({ database, moves, newestSeconds }) => {
    const key = `heartbeat:${server.at}/${database}`;
    if (server.databases.includes(database)) {
      const text = `Heartbeats still move in ${database} though every container of this deployment is stopped.`;
      return allStopped && moves ? [{ key, text }] : [];
    }
    if (server.others.includes(database)) return [];
    if (moves) return [{ key, text: `Heartbeats move in ${database}, which nobody registered.` }];
    const fresh = newestSeconds !== null && newestSeconds >= 0 && newestSeconds <= freshSeconds;
    const text = `The newest heartbeat in ${database}, which nobody registered, is ${newestSeconds} s old.`;
    return fresh ? [{ key, text }] : [];
  });
}

function foreignSessions(use: MetadbUse, server: Server, registered: Registered): UseFinding[] {
  const known = addressesOf(registered);
  return use.sessions
    .filter((one) => usesDatabases(one, server, registered))
    .filter((one) => one.host !== use.own?.host && !comesFrom(one, known))
    .map(({ user, host, addresses, database, count }) => {
      const where =
        addresses.length > 0 ? "is no registered node" : "no registered node is known by";
      const sessions = count === 1 ? "1 session" : `${count} sessions`;
      const using = database === null ? "that chose no database" : `with ${database}`;
      return {
        key: `session:${user}@${host}/${database ?? ""}`,
        text: `From ${host}, which ${where}, ${user} has ${sessions} ${using}.`,
      };
    });
}

/** A session's host is told by an address, or by a name that may be all that is known of it. Pure. */
export function comesFrom(
  { host, addresses }: Pick<SeenSessions, "host" | "addresses">,
  known: ReadonlySet<string>,
): boolean {
  return [host, ...addresses].some((one) => known.has(one));
}

/** In one of the deployment's databases; or in none, but by an account of its OMS. Pure. */
export function usesDatabases(
  { host, user, database }: Pick<SeenSessions, "host" | "user" | "database">,
  { databases }: Pick<Server, "databases">,
  { users }: Pick<Registered, "users">,
): boolean {
  // The server's own threads come from nowhere.
  if (host === "") return false;
  if (database !== null) {
    return databases.some((one) => one.toLowerCase() === database.toLowerCase());
  }
  const { name } = readMetadbUser(user);
  return users.some((one) => one === user || readMetadbUser(one).name === name);
}

/**
 * Why the sessions of a server do not tell which nodes use it, in sentences; null: they do. Pure.
 *
 * @param via the node through which the look was made
 * @param running the nodes whose OMS runs, and must be seen; null: none is expected to
 */
export function sessionsCannotTell(
  use: Pick<MetadbUse, "own" | "seesOthers" | "sessions">,
  registered: Registered,
  via: NodeId,
  running: readonly NodeId[] | null,
): string | null {
  const node = registered.nodes.find(({ nodeId }) => nodeId === via);
  if (use.own === null) {
    return "The server shows no session of Uplift's own, so its list of sessions does not tell who else is there.";
  }
  if (!node || !comesFrom(use.own, new Set(node.addresses))) {
    return `Uplift's own session comes from ${node?.name ?? via} and shows as ${use.own.host}: a proxy, an address translation or a name stands in between, so sessions do not tell their nodes.`;
  }
  const accounts = new Set(registered.users.map((user) => readMetadbUser(user).name));
  if (!use.seesOthers && accounts.size > 1) {
    return "Without the right PROCESS the server shows no sessions of other users.";
  }
  const unseen = registered.nodes.filter(
    ({ nodeId, addresses }) =>
      running?.includes(nodeId) && !use.sessions.some((one) => comesFrom(one, new Set(addresses))),
  );
  if (unseen.length === 0) return null;
  const names = unseen.map(({ name }) => name).join(", ");
  return `No session of ${names} is to be seen though OMS runs there, so sessions do not tell their nodes.`;
}

/** By what a person confirms that nobody else uses a server of which nothing can tell. */
export function unseenKey(at: string): string {
  return `unseen:${at}`;
}

function addressesOf({ nodes }: Pick<Registered, "nodes">): Set<string> {
  return new Set(nodes.flatMap(({ addresses }) => addresses));
}

const spelling = (address: string) => canonicalAddress(address) ?? address.toLowerCase();
