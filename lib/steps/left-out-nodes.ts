import { canonicalAddress } from "#lib/domain/address.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { comesFrom, sessionsCannotTell, usesDatabases } from "#lib/domain/judge-use.ts";
import type { RegisteredUse } from "#lib/domain/metadb-use.ts";
import type { PlanHost } from "#lib/domain/plan.ts";
import { isSettled } from "#lib/domain/run.ts";
import type { SqlRoute } from "#lib/domain/step.ts";
import { watchHeartbeats } from "#lib/metadb/look-at-use.ts";
import { readSessions, type ServerSessions, usersOf } from "#lib/metadb/sessions.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { StepContext } from "./context.ts";
import { registeredOn, resolverOn } from "./nobody-else.ts";

type Context = Pick<
  StepContext<
    "database.dump" | "dump.verify" | "database.rehearse" | "metadata.init" | "database.recreate"
  >,
  "step" | "plan" | "state" | "now" | "hostName" | "look" | "watchSql" | "signal" | "note"
>;

/**
 * A person said of a node that it is gone. If its OMS still talks to the server, it is not, and what is
 * about to happen to the databases would happen under its hands. Sessions that a dead host left behind
 * have been idle since it fell silent. Where sessions do not tell their nodes, the heartbeats of its region
 * tell, if nobody else writes any; where these do not either, a person has to confirm it.
 *
 * @throws UpliftError node.still_active, node.activity_unknown
 */
export async function requireGone(
  context: Context,
  session: Pick<SqlSession, "query" | "server">,
  route: SqlRoute,
): Promise<void> {
  const { leftOut, confirmed } = context.state();
  const gone = context.plan.hosts.filter(({ nodeId }) => nodeId in leftOut);
  if (gone.length === 0) return;
  const sessions = await readSessions(session, resolverOn(context, route.via));
  const registered = registeredNodes(context);
  for (const host of gone) requireSilent(context, host, registered, sessions);
  const why = whyUntold(context, sessions, registered, route);
  if (why === null) return;
  for (const host of gone) {
    const key = `gone:${host.nodeId}`;
    if (confirmed.some((one) => one.key === key)) continue;
    const still = await heartbeatsStandStill(context, host);
    if (still === true) {
      context.note(`The heartbeats of ${host.region} stand still, so ${host.name} writes none.`);
      continue;
    }
    if (still === false) throw stillActive(host.name, `heartbeats of ${host.region} still move`);
    throw new UpliftError(
      "node.activity_unknown",
      `Whether ${host.name}, which was left out, still uses the MetaDB cannot be told. ${why}`,
      {
        host: host.name,
        remedy: `Switch ${host.name} off, or stop its OMS container there; then confirm in writing that it is.`,
        retryable: true,
        confirm: [key],
      },
    );
  }
}

/** @throws UpliftError node.still_active */
function requireSilent(
  context: Context,
  { nodeId, name }: PlanHost,
  registered: Registered,
  { others }: ServerSessions,
): void {
  const silentSince = Date.parse(context.state().leftOut[nodeId]?.silentSince ?? "");
  const silentFor = (context.now() - silentSince) / 1000;
  const node = registered.nodes.find((one) => one.nodeId === nodeId);
  const own = new Set(node?.addresses ?? []);
  const active = others.filter((one) => comesFrom(one, own) && one.seconds + 1 < silentFor);
  if (active.length === 0) return;
  throw stillActive(
    name,
    `${active.length} of its sessions with the MetaDB have been at work since`,
  );
}

function stillActive(name: string, evidence: string): UpliftError {
  return new UpliftError(
    "node.still_active",
    `${name} was left out, but ${evidence}: its OMS still runs.`,
    {
      host: name,
      remedy: `Switch ${name} off, or stop its OMS container there; then retry.`,
      retryable: true,
    },
  );
}

/** Why the sessions of a server do not tell whether a node uses it; null: they do. */
function whyUntold(
  { plan, hostName }: Context,
  sessions: ServerSessions,
  registered: Registered,
  route: SqlRoute,
): string | null {
  const server = registeredOn(plan, route);
  const blind = sessionsCannotTell(usersOf(sessions), registered, route.via, null);
  if (blind !== null) return blind;
  if (server && !server.sessionsTell) {
    return `When the plan was made, not every node was to be seen by its sessions on ${server.at}.`;
  }
  const databases = server?.databases ?? [];
  const nameless = sessions.others.find(
    (one) =>
      one.addresses.length === 0 &&
      usesDatabases(one, { databases }, registered) &&
      !registered.nodes.some(({ addresses }) => comesFrom(one, new Set(addresses))),
  );
  if (!nameless) return null;
  return `${hostName(route.via)} does not know the address of ${nameless.host}, from where ${nameless.user} has sessions.`;
}

type Registered = Pick<RegisteredUse, "nodes" | "locations" | "users">;

/** What the plan knows of the nodes; in plans of earlier releases that is their registered address. */
function registeredNodes({ plan }: Pick<Context, "plan">): Registered {
  if (plan.use) return plan.use;
  const nodes = plan.hosts.map(({ nodeId, name, address }) => ({
    ...{ nodeId, name, addresses: [canonicalAddress(address) ?? address.toLowerCase()] },
    heartbeat: { at: "", database: "" },
  }));
  return { nodes, locations: [], users: [] };
}

/**
 * Whether the heartbeats of a node's region stand still while no other node can write any; null: others
 * can, or they cannot be read.
 */
async function heartbeatsStandStill(
  context: Context,
  { nodeId }: PlanHost,
): Promise<boolean | null> {
  const place = context.plan.use?.nodes.find((one) => one.nodeId === nodeId)?.heartbeat;
  if (!place || !everyoneIsStopped(context)) return null;
  const route = serversOf(context.plan).find(
    ({ server }) => `${server.host}:${server.port}` === place.at,
  );
  if (!route) return null;
  const [seen] = await context.watchSql(route, (session) =>
    watchHeartbeats(session, (database) => database === place.database, context.signal),
  );
  return seen ? !seen.moves : null;
}

/** Every container that this part of the plan stops is stopped, and none was started again. */
function everyoneIsStopped({ plan, state, step }: Context): boolean {
  const { steps } = state();
  const here = plan.steps.filter(({ hop }) => hop === step.hop);
  const stops = here.filter(({ kind }) => kind === "container.stop");
  const starts = here.filter(
    ({ kind }) => kind === "container.start" || kind === "container.restart",
  );
  return (
    stops.length > 0 &&
    stops.every(({ id }) => isSettled(steps[id]?.status ?? "pending")) &&
    starts.every(({ id }) => (steps[id]?.attempt ?? 0) === 0)
  );
}

/** The same on servers that the step has no session with. @throws UpliftError node.* */
export async function requireGoneOn(
  context: Context & Pick<StepContext<"database.dump">, "sql">,
  routes: readonly SqlRoute[],
): Promise<void> {
  if (Object.keys(context.state().leftOut).length === 0) return;
  for (const route of routes) {
    await context.sql(route, (session) => requireGone(context, session, route));
  }
}

/** The servers that hold the plan's databases, each once. */
export function serversOf({ steps }: Context["plan"]): SqlRoute[] {
  const routes = steps.flatMap((step) =>
    step.kind === "database.dump" ? [step.params.route] : [],
  );
  return [...new Map(routes.map((one) => [`${one.server.host}:${one.server.port}`, one])).values()];
}
