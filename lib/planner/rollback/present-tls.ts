import type { DatabaseServer, Inventory } from "#lib/domain/inventory.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Step } from "#lib/domain/step.ts";

/**
 * The plan of an upgrade with the TLS that its servers are registered with by now: a site that began to demand
 * it after the upgrade must be able to go back all the same.
 */
export function withPresentTls(
  plan: Plan,
  { metadb, regions }: Pick<Inventory, "metadb" | "regions">,
): Plan {
  const servers = [metadb, ...regions.flatMap((region) => region.heartbeatServer ?? [])];
  const isSame = (one: DatabaseServer, other: DatabaseServer) =>
    one.host === other.host && one.port === other.port && one.user === other.user;
  const present = (step: Step): Step => {
    if (!("route" in step.params)) return step;
    const { route } = step.params;
    const now = servers.find((server) => isSame(server, route.server));
    if (!now) return step;
    const server = { ...route.server, tls: now.tls };
    return { ...step, params: { ...step.params, route: { ...route, server } } } as Step;
  };
  return { ...plan, steps: plan.steps.map(present) };
}
