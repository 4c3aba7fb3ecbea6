import { addressLooks, isHostName, parseResolved } from "#lib/commands/address-looks.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import {
  sessionsCannotTell,
  strangers,
  type UseFinding,
  unseenKey,
} from "#lib/domain/judge-use.ts";
import type { RegisteredUse } from "#lib/domain/metadb-use.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { SqlRoute, StepKind } from "#lib/domain/step.ts";
import { lookAtUse } from "#lib/metadb/look-at-use.ts";
import type { Resolve } from "#lib/metadb/sessions.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { StepContext } from "./context.ts";

/** Deadline of a look at names, milliseconds. */
const resolveMs = 20_000;

/** What a node resolves names to; nothing where it cannot be asked, which is then said of the names. */
export function resolverOn(context: Pick<StepContext<StepKind>, "look">, via: NodeId): Resolve {
  return async (names) => {
    const asked = names.filter(isHostName);
    if (asked.length === 0) return {};
    const look = context.look(via, addressLooks.resolve(asked), { timeoutMs: resolveMs });
    const answer = await look.catch(() => null);
    return answer ? parseResolved(asked, answer.stdout) : {};
  };
}

/** What the plan knows of the server behind a route; null in plans of earlier releases. */
export function registeredOn(
  { use }: Pick<Plan, "use">,
  { server }: SqlRoute,
): RegisteredUse["servers"][number] | null {
  const at = `${server.host}:${server.port}`;
  return use?.servers.find((one) => one.at === at) ?? null;
}

type Context = Pick<
  StepContext<"metadb.verify" | "database.recreate">,
  "plan" | "state" | "look" | "signal" | "note" | "otherDeployments"
>;

/**
 * Nobody but the registered deployment uses its databases on this server, at this moment: the same that the preflight
 * has asked, less what a person has confirmed since.
 *
 * @param allStopped whether every container of the deployment is stopped: its own heartbeats must stand still
 * @throws UpliftError metadb.in_use, metadb.users_unknown
 */
export async function requireNobodyElse(
  context: Context,
  session: Pick<SqlSession, "query" | "server">,
  route: SqlRoute,
  allStopped = false,
): Promise<void> {
  const { use: registered } = context.plan;
  const server = registeredOn(context.plan, route);
  if (!registered || !server) return;
  const confirmed = new Set([...registered.confirmed, ...context.state().confirmed].map(keyOf));
  const use = await lookAtUse(session, {
    cmDatabase: server.cmDatabase,
    unwatched: [...(allStopped ? [] : server.databases), ...server.others],
    resolve: resolverOn(context, route.via),
    signal: context.signal,
  });
  const found = strangers(use, server, registered, allStopped);
  const open = found.filter(({ key }) => !confirmed.has(key));
  for (const { key, text } of found) if (confirmed.has(key)) context.note(`${text} (confirmed)`);
  const shared = await sharedWith(context, server);
  if (open.length > 0 || shared.length > 0) throw inUse(server.at, open, shared);
  const blind = sessionsCannotTell(use, registered, route.via, null);
  if (blind === null || registered.listed || confirmed.has(unseenKey(server.at))) return;
  throw new UpliftError(
    "metadb.users_unknown",
    `Who else uses the databases on ${server.at} cannot be told. ${blind}`,
    {
      remedy:
        "Make sure that no OMS but this deployment's nodes uses these databases, and confirm that in writing.",
      retryable: true,
      confirm: [unseenKey(server.at)],
    },
  );
}

const keyOf = ({ key }: { key: string }) => key;

/** Deployments that were registered on the same databases, perhaps since the plan was made. */
async function sharedWith(
  { otherDeployments }: Context,
  { at, databases }: RegisteredUse["servers"][number],
): Promise<string[]> {
  return (await otherDeployments())
    .filter((one) => one.at === at && one.databases.some((name) => databases.includes(name)))
    .map(({ name }) => `The deployment ${name} is registered on the same databases.`);
}

/** @param shared what is put right and not confirmed: two registrations of the same databases */
function inUse(at: string, found: readonly UseFinding[], shared: readonly string[]): UpliftError {
  const told = [...shared, ...found.map(({ text }) => text)];
  return new UpliftError(
    "metadb.in_use",
    `Somebody else uses the databases on ${at}. ${told.join(" ")}`,
    {
      remedy:
        "Nothing was changed by this step. Stop what does not belong there, then retry. If it belongs to this OMS, abandon the run or roll it back, register it, and plan again. If it is there on purpose and in nobody's way, confirm that in writing.",
      retryable: true,
      confirm: shared.length === 0 ? [...new Set(found.map(keyOf))] : [],
    },
  );
}
