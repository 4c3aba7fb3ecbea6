import { z } from "zod";
import { perProcess } from "#lib/config/per-process.ts";
import type { DeploymentFacts } from "#lib/domain/facts.ts";
import { DeploymentId, type NodeId } from "#lib/domain/ids.ts";
import { markOf } from "#lib/domain/last-look.ts";
import { lookAtDeployment } from "#lib/inspection/look-at-deployment.ts";
import { readHaConfig } from "#lib/oms/ha-config.ts";
import { type Absence, absencesAfter } from "#lib/services/absences.ts";
import { access } from "#lib/services/access.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { LiveDeployment } from "#lib/services/views.ts";
import { keepLook, type Look } from "#lib/store/last-look.ts";
import { operation } from "./operation.ts";

/** How long an answer is good for everybody who asks, milliseconds. */
const freshMs = 5_000;

interface SharedLook {
  at: number;
  /** Of the inventory that was looked at. */
  revision: number;
  answer: Promise<LiveDeployment>;
}
interface Known {
  looks: Map<DeploymentId, SharedLook>;
  absences: Map<DeploymentId, Map<NodeId, Absence>>;
}
const { looks, absences } = perProcess(
  "live",
  (): Known => ({ looks: new Map(), absences: new Map() }),
);

/**
 * What the nodes and the MetaDB of a deployment say now. People who look at the same time share
 * one look, so that open pages do not add up on the hosts.
 *
 * @throws UpliftError not_found
 */
export const lookNow = operation({
  name: "deployments.look",
  permission: "inventory.read",
  input: z.object({ deploymentId: DeploymentId }),
  output: LiveDeployment,
  async run(_actor, { deploymentId }) {
    const inventory = await requireInventory(deploymentId);
    const known = looks.get(deploymentId);
    const { revision } = inventory;
    if (known?.revision === revision && Date.now() - known.at < freshMs) return known.answer;
    const answer = lookAtDeployment(inventory, access).then(async (facts) => {
      const away = absencesAfter(absences.get(deploymentId) ?? new Map(), facts.nodes);
      absences.set(deploymentId, away);
      const live = liveOf(facts, away);
      await keepLook(deploymentId, lookOf(live));
      return live;
    });
    looks.set(deploymentId, { at: Date.now(), revision, answer });
    // A look that failed is not kept: the next one tries again.
    answer.catch(() => looks.delete(deploymentId));
    return answer;
  },
});

/** What lists show of a look later on. */
const lookOf = ({ seenAt, ha, nodes }: LiveDeployment): Look => ({
  ...{ seenAt, ha },
  nodes: Object.fromEntries(nodes.map((node) => [node.nodeId, markOf(node)])),
});

/** The part of the facts that pages show. */
function liveOf(facts: DeploymentFacts, away: ReadonlyMap<NodeId, Absence>): LiveDeployment {
  const since = (nodeId: NodeId) => {
    const absence = away.get(nodeId);
    return absence ? new Date(absence.since).toISOString() : null;
  };
  const metadb = facts.servers.find((server) => server.key === "metadb");
  const trouble = facts.servers.flatMap((server) => server.errors)[0]?.message ?? null;
  return {
    seenAt: facts.seenAt,
    nodes: facts.nodes.map((node) => ({
      nodeId: node.nodeId,
      name: node.name,
      healthy: node.healthy,
      running: node.container?.running ?? null,
      image: node.container?.image ?? null,
      skewMs: node.skewMs,
      trouble: node.errors[0]?.message ?? null,
      unreachableSince: since(node.nodeId),
    })),
    ha: haOf(metadb?.haConfig ?? null),
    metadb: { version: metadb?.version ?? null, tls: metadb?.tls ?? null, trouble },
  };
}

function haOf(raw: string | null): boolean | null {
  if (raw === null) return null;
  try {
    return readHaConfig(raw).enable;
  } catch {
    return null;
  }
}
