import { UpliftError } from "#lib/domain/errors.ts";
import type {
  ContainerFacts,
  DeploymentFacts,
  NodeFacts,
  OmsConfigFacts,
} from "#lib/domain/facts.ts";
import type { HaWay } from "#lib/domain/ha-ask.ts";
import type { PlanId, StepId } from "#lib/domain/ids.ts";
import type { InitDecision } from "#lib/domain/init-decision.ts";
import type { Inventory, Node, Region } from "#lib/domain/inventory.ts";
import type { Text } from "#lib/domain/message.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import type { Step } from "#lib/domain/step.ts";
import { type Catalogue, catalogue as known } from "#lib/oms/catalogue.ts";
import { readHaConfig } from "#lib/oms/ha-config.ts";
import { initDecisions } from "../init-decisions.ts";
import {
  type DatabaseSite,
  databaseSites,
  nodesWithFacts,
  type ServerSite,
  serverSites,
} from "../topology.ts";
import { guidanceOf } from "./ha-guidance.ts";
import { firstWithHa, type Hop, hopsTo } from "./hop.ts";

export interface UpgradeRequest {
  planId: PlanId;
  inventory: Inventory;
  facts: DeploymentFacts;
  target: UpgradeTarget;
  /** The releases that are known here; the vendor's when it is left out. */
  catalogue?: Catalogue;
}

/** A node with everything that was seen of it. */
export interface SeenNode {
  node: Node;
  region: Region;
  /** The node's part of step ids. */
  key: string;
  seen: NodeFacts;
  container: ContainerFacts;
  config: OmsConfigFacts;
}

/** What all phases of the forward leg work from, and the list to which they add their steps. */
export interface Situation extends UpgradeRequest {
  catalogue: Catalogue;
  /** The upgrades one after another; at least one. */
  hops: [Hop, ...Hop[]];
  nodes: SeenNode[];
  servers: ServerSite[];
  databases: DatabaseSite[];
  /** Where docker_init.sh runs in each region, in the order of the regions. */
  initialisation: InitDecision[];
  /** Directory of this plan's dumps on every node. */
  backupDirectory: string;
  /** The rm database and how to reach it: `ha.config` is there. */
  ha: {
    route: ServerSite["route"];
    database: string;
    wasEnabled: boolean;
    /** The value as it was seen. */
    config: string | null;
    guidance: { way: HaWay; console: string };
  };
  add(step: Step): StepId;
}

/** @throws UpliftError plan.blocked when a fact is missing; the checks say which */
export function situationOf(request: UpgradeRequest, steps: Step[]): Situation {
  const { planId, inventory, facts, target, catalogue = known } = request;
  const hops = hopsTo(inventory.version, target, catalogue);
  const servers = serverSites(inventory);
  const haConfig = facts.servers.find((server) => server.key === "metadb")?.haConfig;
  // A version from before HA has no setting of it; what comes on the way is found when it is there.
  const needsHa = firstWithHa({ hops }) === hops[0];
  if (!servers[0] || (!haConfig && needsHa)) throw blocked("the MetaDB could not be read");
  const nodes = nodesWithFacts(inventory, facts).map(({ seen, ...rest }): SeenNode => {
    const { container, config } = seen;
    if (!container || !config) throw blocked(`${rest.node.name} could not be read`);
    return { ...rest, seen, container, config };
  });
  const initialisation = initDecisions(inventory, facts, target.initOverrules);
  if (initialisation.length < inventory.regions.length) {
    throw blocked("config.yaml of a region could not be read");
  }
  return {
    ...request,
    catalogue,
    hops,
    nodes,
    servers,
    databases: databaseSites(inventory, facts),
    initialisation,
    backupDirectory: `${inventory.settings.backupDirectory.replace(/\/+$/, "")}/${planId}`,
    ha: {
      route: servers[0].route,
      database: inventory.metadb.rmDatabase,
      wasEnabled: haConfig ? readHaConfig(haConfig).enable : false,
      config: haConfig ?? null,
      guidance: guidanceOf(inventory, nodes),
    },
    add: (step) => {
      steps.push(step);
      return step.id;
    },
  };
}

function blocked(why: Text): UpliftError {
  return new UpliftError("plan.blocked", `No plan can be made: ${why}.`, {
    remedy: "Mend what the checks name, then check again.",
  });
}
