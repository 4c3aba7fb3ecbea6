import type { DeploymentFacts } from "#lib/domain/facts.ts";
import type { NodeId, SecretId } from "#lib/domain/ids.ts";
import { allNodes, type Inventory } from "#lib/domain/inventory.ts";
import type { LockStanding, SeenLock } from "#lib/domain/lock.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { serverSites } from "#lib/planner/topology.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { lookAtNode } from "./look-at-node.ts";
import { lookAtServer } from "./look-at-server.ts";

export interface Access {
  host(nodeId: NodeId): Promise<RemoteHost>;
  secret(id: SecretId): Promise<Secret>;
  lockStanding(lock: SeenLock): Promise<LockStanding>;
}

/**
 * Looks at every node and every MySQL server of a deployment, all at once.
 *
 * @param images references whose presence matters
 * @param imageArchive what would be loaded where one of them is missing
 */
export async function lookAtDeployment(
  inventory: Inventory,
  access: Access,
  images: readonly string[],
  imageArchive: string | null = null,
): Promise<DeploymentFacts> {
  const seenAt = new Date().toISOString();
  const { backupDirectory } = inventory.settings;
  const [nodes, servers] = await Promise.all([
    Promise.all(
      allNodes(inventory).map(async ({ node, region }) => {
        const host = await access.host(node.id);
        const { lockStanding } = access;
        const look = { node, region, images, imageArchive, backupDirectory, lockStanding };
        return (await lookAtNode(host, look)).facts;
      }),
    ),
    Promise.all(
      serverSites(inventory).map(async (site) => {
        const host = await access.host(site.route.via);
        const password = await access.secret(site.route.server.passwordId);
        const rm = site.key === "metadb" ? inventory.metadb.rmDatabase : null;
        return lookAtServer(host, site, password, rm);
      }),
    ),
  ]);
  return { seenAt, nodes, servers };
}
