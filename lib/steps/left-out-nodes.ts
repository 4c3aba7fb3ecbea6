import { sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { SqlRoute } from "#lib/domain/step.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { StepContext } from "./context.ts";

type Context = Pick<
  StepContext<
    "database.dump" | "dump.verify" | "database.rehearse" | "metadata.init" | "database.recreate"
  >,
  "plan" | "state" | "now" | "hostName"
>;

/**
 * A person said of a node that it is gone. If its OMS still talks to the server, it is not, and what is
 * about to happen to the databases would happen under its hands. Sessions that a dead host left behind
 * have been idle since it fell silent.
 *
 * @throws UpliftError node.still_active
 */
export async function requireGone(
  context: Context,
  session: Pick<SqlSession, "query">,
): Promise<void> {
  const { leftOut } = context.state();
  const gone = context.plan.hosts.filter(({ nodeId }) => nodeId in leftOut);
  if (gone.length === 0) return;
  const sessions = await session.query(sql.sessions);
  for (const { nodeId, address } of gone) {
    const silentFor = (context.now() - Date.parse(leftOut[nodeId]?.silentSince ?? "")) / 1000;
    const active = sessions.filter(
      ({ host, seconds }) => hostPart(String(host)) === address && Number(seconds) + 1 < silentFor,
    );
    if (active.length === 0) continue;
    const name = context.hostName(nodeId);
    throw new UpliftError(
      "node.still_active",
      `${name} was left out, but ${active.length} of its sessions with the MetaDB have been at work since: its OMS still runs.`,
      {
        host: name,
        remedy: `Switch ${name} off, or stop its OMS container there; then retry.`,
        retryable: true,
      },
    );
  }
}

/** The same on servers that the step has no session with. @throws UpliftError node.still_active */
export async function requireGoneOn(
  context: Context & Pick<StepContext<"database.dump">, "sql">,
  routes: readonly SqlRoute[],
): Promise<void> {
  if (Object.keys(context.state().leftOut).length === 0) return;
  for (const route of routes) {
    await context.sql(route, (session) => requireGone(context, session));
  }
}

/** The servers that hold the plan's databases, each once. */
export function serversOf({ steps }: Context["plan"]): SqlRoute[] {
  const routes = steps.flatMap((step) =>
    step.kind === "database.dump" ? [step.params.route] : [],
  );
  return [...new Map(routes.map((one) => [`${one.server.host}:${one.server.port}`, one])).values()];
}

/** `10.77.1.11:40312` and `[fd00::1]:40312` without the port. */
function hostPart(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}
