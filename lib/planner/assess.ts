import type { Check, DeploymentFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { type Catalogue, catalogue as known } from "#lib/oms/catalogue.ts";
import { configChecks } from "./checks/config.ts";
import { imageChecks } from "./checks/image.ts";
import { metadbUserChecks } from "./checks/metadb-users.ts";
import { nodeChecks } from "./checks/node.ts";
import { pathChecks } from "./checks/path.ts";
import { projectChecks } from "./checks/projects.ts";
import { serverChecks } from "./checks/server.ts";
import { trialChecks } from "./checks/trial.ts";

/**
 * Judges what was seen: every check with its evidence and, unless it passed, what to do.
 * Without a target only what holds for every upgrade is judged.
 * Nothing that fails here may reach a container (docs/design, section 1).
 */
export function assess(
  inventory: Inventory,
  facts: DeploymentFacts,
  target: UpgradeTarget | null,
  catalogue: Catalogue = known,
): Check[] {
  return [
    ...(target ? pathChecks(inventory, target, catalogue) : []),
    ...facts.nodes.flatMap((node) => nodeChecks(inventory, node, facts, target)),
    ...(target ? imageChecks(facts, target) : []),
    ...configChecks(inventory, facts, target),
    ...trialChecks(inventory, facts),
    ...facts.servers.flatMap((server) =>
      serverChecks(inventory, server, facts, knowsHa(inventory.version, catalogue)),
    ),
    ...metadbUserChecks(inventory, facts, target),
    ...facts.servers
      .filter(({ key }) => key === "metadb")
      .flatMap((server) => projectChecks(inventory, server, target)),
  ];
}

/** By the vendor's rule a release whose upgrades do not switch HA is from before it. */
function knowsHa(version: string, { releases }: Catalogue): boolean {
  return !releases.some(({ from, ha }) => !ha && from.includes(version));
}

/** Whether a plan may be made: nothing failed and nothing stayed unknown. */
export function passes(checks: readonly Check[]): boolean {
  return checks.every(({ result }) => result === "pass" || result === "warning");
}
