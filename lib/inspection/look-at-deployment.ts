import type { DeploymentFacts } from "#lib/domain/facts.ts";
import type { NodeId, SecretId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { LockStanding, SeenLock } from "#lib/domain/lock.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { serverSites } from "#lib/planner/topology.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { lookAtNode, type WantedImage } from "./look-at-node.ts";
import { lookAtServer } from "./look-at-server.ts";
import { tryDumps } from "./try-dumps.ts";

export interface Access {
  host(nodeId: NodeId): Promise<RemoteHost>;
  secret(id: SecretId): Promise<Secret>;
  lockStanding(lock: SeenLock): Promise<LockStanding>;
}

/** How far the look at one host or MySQL server is. */
export type LookState = "looking" | "answered" | "trouble";

export interface DeploymentLook {
  images?: readonly WantedImage[];
  /** Whether to look at what only a preflight wants to know, too. */
  thorough?: boolean;
  /** Told of each node by its id, and of each MySQL server by its key, when its look begins and ends. */
  onProgress?: (key: string, state: LookState) => void;
}

/** Looks at every node and every MySQL server of a deployment, all at once; a dead one holds up nobody. */
export async function lookAtDeployment(
  inventory: Inventory,
  access: Access,
  { images = [], thorough = false, onProgress }: DeploymentLook = {},
): Promise<DeploymentFacts> {
  const seenAt = new Date().toISOString();
  const { backupDirectory } = inventory.settings;
  const followed = async <T extends { errors: unknown[] }>(key: string, look: () => Promise<T>) => {
    onProgress?.(key, "looking");
    const seen = await look();
    onProgress?.(key, seen.errors.length > 0 ? "trouble" : "answered");
    return seen;
  };
  const [nodes, servers] = await Promise.all([
    Promise.all(
      allNodes(inventory).map(({ node, region }) =>
        followed(node.id, async () => {
          const host = await access.host(node.id);
          const { lockStanding } = access;
          const look = { node, region, images, backupDirectory, thorough, lockStanding };
          return (await lookAtNode(host, look)).facts;
        }),
      ),
    ),
    Promise.all(
      serverSites(inventory).map((site) =>
        followed(site.key, async () => {
          const host = await access.host(site.route.via);
          const login = await serverLogin(site.route.server, (id) => access.secret(id));
          const rm = site.key === "metadb" ? inventory.metadb.rmDatabase : null;
          return lookAtServer(host, site, login, { rmDatabase: rm, thorough });
        }),
      ),
    ),
  ]);
  const facts = { seenAt, nodes, servers };
  if (thorough) {
    const newImages = images.map(({ reference }) => reference);
    await tryDumps(inventory, facts, access, newImages);
  }
  return facts;
}
