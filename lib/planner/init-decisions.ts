import type { DeploymentFacts, NodeFacts } from "#lib/domain/facts.ts";
import type { InitDecision, InitOverrule } from "#lib/domain/init-decision.ts";
import type { Inventory, Region } from "#lib/domain/inventory.ts";
import { regionsInOrder } from "#lib/domain/regions.ts";
import { configDifferences } from "#lib/oms/config-difference.ts";

/**
 * Where docker_init.sh runs: once in a region whose nodes say the same in config.yaml, else on every
 * node of it (docs/domain, section 3.7), unless the operator has overruled that. Regions in the order
 * in which they are initialised; one of which a file could not be read is left out.
 */
export function initDecisions(
  inventory: Inventory,
  facts: DeploymentFacts,
  overrules: readonly InitOverrule[] = [],
): InitDecision[] {
  return regionsInOrder(inventory).flatMap((region) => {
    const nodes = region.nodes.flatMap(
      ({ id }) => facts.nodes.find(({ nodeId }) => nodeId === id) ?? [],
    );
    const read = nodes.every(({ configFingerprint }) => configFingerprint !== null);
    if (!read || nodes.length === 0 || nodes.length < region.nodes.length) return [];
    return [decisionOf(region, nodes, overrules)];
  });
}

function decisionOf(
  region: Region,
  nodes: readonly NodeFacts[],
  overrules: readonly InitOverrule[],
): InitDecision {
  const same = new Set(nodes.map(({ configFingerprint }) => configFingerprint)).size === 1;
  const ruled = same ? "once" : "each";
  const asked = overrules.find(({ regionId }) => regionId === region.id);
  // With one node there is nothing to choose; and one who agrees with the files overrules nothing.
  const overruled = asked && asked.mode !== ruled && nodes.length > 1 ? asked : null;
  return {
    regionId: region.id,
    region: region.name,
    nodes: nodes.map(({ name }) => name),
    mode: overruled?.mode ?? ruled,
    ruled,
    differences: same
      ? []
      : configDifferences(
          nodes.map(({ name, configEntries }) => ({ name, entries: configEntries ?? [] })),
        ),
    overruledBecause: overruled?.reason ?? null,
  };
}
