import type { DeploymentFacts } from "#lib/domain/facts.ts";
import type { NodeId, SecretId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { LockStanding, SeenLock } from "#lib/domain/lock.ts";
import type { OtherDeployment } from "#lib/domain/metadb-use.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { serverName, usedServers } from "#lib/planner/registered-use.ts";
import { type ServerSite, serverSites } from "#lib/planner/topology.ts";
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
  /** Other deployments that are registered on the same servers. */
  others?: readonly OtherDeployment[];
  /** Told of each node by its id, and of each MySQL server by its key, when its look begins and ends. */
  onProgress?: (key: string, state: LookState) => void;
}

/** Looks at every node and every MySQL server of a deployment, all at once; a dead one holds up nobody. */
export async function lookAtDeployment(
  inventory: Inventory,
  access: Access,
  { images = [], thorough = false, others = [], onProgress }: DeploymentLook = {},
): Promise<DeploymentFacts> {
  const seenAt = new Date().toISOString();
  const { backupDirectory } = inventory.settings;
  const sites = serverSites(inventory);
  const metadbHosts = sites.map(({ route }) => route.server.host);
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
          const where = { images, backupDirectory, metadbHosts };
          const look = { ...where, node, region, thorough, lockStanding };
          return (await lookAtNode(host, look)).facts;
        }),
      ),
    ),
    Promise.all(
      sites.map((site) =>
        followed(site.key, async () => {
          const host = await access.host(site.route.via);
          const login = await serverLogin(site.route.server, (id) => access.secret(id));
          const rm = site.key === "metadb" ? inventory.metadb.rmDatabase : null;
          const use = thorough ? whoMayUse(inventory, site, others) : null;
          return lookAtServer(host, site, login, { rmDatabase: rm, thorough, use });
        }),
      ),
    ),
  ]);
  const facts = { seenAt, nodes, servers, others: [...others] };
  if (thorough) {
    const newImages = images.map(({ reference }) => reference);
    await tryDumps(inventory, facts, access, newImages);
  }
  return facts;
}

/** What a deployment's look at who else uses a server needs to know of it. */
function whoMayUse(inventory: Inventory, site: ServerSite, others: readonly OtherDeployment[]) {
  const known = usedServers(inventory, others).find(
    ({ at }) => at === serverName(site.route.server),
  );
  return {
    cmDatabase: known?.cmDatabase ?? null,
    unwatched: [...(known?.databases ?? []), ...(known?.others ?? [])],
  };
}
