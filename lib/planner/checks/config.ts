import type { Check, DeploymentFacts } from "#lib/domain/facts.ts";
import { allNodes, type Inventory } from "#lib/domain/inventory.ts";
import { check } from "./check.ts";

/** Does config.yaml say on every node what is registered, and the same in each region? */
export function configChecks(inventory: Inventory, facts: DeploymentFacts): Check[] {
  const checks: Check[] = [];
  const addresses = new Set(allNodes(inventory).map(({ node }) => node.address));
  for (const region of inventory.regions) {
    const nodes = facts.nodes.filter((node) => node.regionId === region.id && node.config);
    const fingerprints = new Set(nodes.map((node) => node.configFingerprint));
    if (nodes.length > 0) {
      checks.push(
        check(
          `config.same.${region.id}`,
          region.name,
          "Same configuration file",
          fingerprints.size <= 1 ? "pass" : "warning",
          fingerprints.size <= 1
            ? "All nodes read the same configuration: docker_init.sh runs once."
            : "The nodes' files differ: docker_init.sh runs on every node of the region.",
          "Nothing, if the difference is meant.",
        ),
      );
    }
    for (const node of nodes) {
      const { config } = node;
      if (!config) continue;
      const differences = [
        [config.rmDatabase, inventory.metadb.rmDatabase, "rm database"],
        [config.cmDatabase, inventory.metadb.cmDatabase, "cm database"],
        [config.heartbeatDatabase, region.heartbeatDatabase, "heartbeat database"],
        [String(config.cmLocation), String(region.location), "location"],
        [config.cmRegion, region.name, "region"],
      ]
        .filter(([seen, registered]) => seen !== registered)
        .map(([seen, registered, what]) => `${what} ${seen} (registered: ${registered})`);
      const strangers = config.cmNodes.filter((address) => !addresses.has(address));
      if (strangers.length > 0) differences.push(`unregistered cm_nodes ${strangers.join(", ")}`);
      checks.push(
        check(
          `config.${node.nodeId}`,
          node.name,
          "config.yaml",
          differences.length === 0 ? "pass" : "fail",
          differences.length === 0
            ? `${node.configPath} agrees with what is registered.`
            : `${node.configPath} differs: ${differences.join("; ")}.`,
          "Correct the deployment in Uplift, or the file on the node.",
        ),
      );
    }
  }
  return checks;
}
