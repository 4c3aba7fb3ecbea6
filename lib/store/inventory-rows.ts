import type { DeploymentInput } from "#lib/domain/deployment-input.ts";
import { type DeploymentId, NodeId, newId, RegionId } from "#lib/domain/ids.ts";
import { type DatabaseServer, DeploymentSettings, Inventory } from "#lib/domain/inventory.ts";
import type { Tx } from "./client.ts";
import type { Prisma } from "./generated/sqlite/client.ts";

/** What is read to make an Inventory. */
export const withTopology = {
  regions: {
    orderBy: { position: "asc" },
    include: { nodes: { orderBy: { position: "asc" } } },
  },
} as const satisfies Prisma.DeploymentInclude;

export type DeploymentRow = Prisma.DeploymentGetPayload<{ include: typeof withTopology }>;

/** The domain's view of the rows. @throws ZodError when a row was damaged */
export function inventoryOf(row: DeploymentRow): Inventory {
  const settings = DeploymentSettings.parse(JSON.parse(row.settings));
  const { unknownMetadb } = settings;
  const taken = unknownMetadb === "refuse" ? {} : { takenFor: unknownMetadb };
  return Inventory.parse({
    ...{ id: row.id, name: row.name, version: row.version, revision: row.revision },
    metadb: {
      ...{ host: row.metaHost, port: row.metaPort, user: row.metaUser },
      ...{ passwordId: row.metaPasswordId, ...tlsOf(row.metaTls), ...taken },
      ...{ rmDatabase: row.rmDatabase, cmDatabase: row.cmDatabase },
    },
    settings,
    regions: row.regions.map((region) => ({
      ...{ id: region.id, name: region.name, location: region.location },
      ...{ isDefault: region.isDefault, cmUrl: region.cmUrl },
      heartbeatDatabase: region.heartbeatDatabase,
      heartbeatServer:
        region.heartbeatHost === null
          ? null
          : {
              ...{ host: region.heartbeatHost, port: region.heartbeatPort },
              ...{ user: region.heartbeatUser, passwordId: region.heartbeatPasswordId },
              ...{ ...tlsOf(region.heartbeatTls), ...taken },
            },
      bastion: bastionOf(region),
      nodes: region.nodes.map((node) => ({
        ...{ id: node.id, name: node.name, address: node.address },
        containerName: node.containerName,
        ssh: {
          ...{ host: node.sshHost, port: node.sshPort, credentialId: node.credentialId },
          hostKeyFingerprint: node.hostKeyFingerprint,
        },
      })),
    })),
  });
}

const tlsOf = (column: string | null) => (column === null ? {} : { tls: JSON.parse(column) });

/** How a region's nodes are reached, unchecked; null: directly. */
export function bastionOf(
  region: Pick<
    DeploymentRow["regions"][number],
    "bastionHost" | "bastionPort" | "bastionCredentialId" | "bastionHostKey"
  >,
) {
  if (region.bastionHost === null) return null;
  return {
    ...{ host: region.bastionHost, port: region.bastionPort },
    credentialId: region.bastionCredentialId,
    hostKeyFingerprint: region.bastionHostKey,
  };
}

/** What the store keeps of a database server's secrets. */
export type SealedServer = Pick<DatabaseServer, "passwordId" | "tls">;

/** The columns of a deployment's own row. */
export function deploymentColumns(input: DeploymentInput, sealed: SealedServer) {
  const { metadb } = input;
  return {
    ...{ name: input.name, version: input.version },
    ...{ metaHost: metadb.host, metaPort: metadb.port, metaUser: metadb.user },
    ...{ metaPasswordId: sealed.passwordId, metaTls: JSON.stringify(sealed.tls) },
    ...{ rmDatabase: metadb.rmDatabase, cmDatabase: metadb.cmDatabase },
    settings: JSON.stringify(input.settings),
  };
}

/**
 * Replaces all regions and nodes. Rows that stay keep their ids; writing them anew lets names and
 * locations be swapped, which updates one by one could not.
 *
 * @param heartbeats of each region's own heartbeat server; null: it has none
 */
export async function writeTopology(
  tx: Tx,
  deploymentId: DeploymentId,
  regions: DeploymentInput["regions"],
  heartbeats: readonly (SealedServer | null)[],
): Promise<void> {
  await tx.region.deleteMany({ where: { deploymentId } });
  for (const [position, region] of regions.entries()) {
    const { name, location, isDefault, cmUrl, heartbeatDatabase, heartbeatServer } = region;
    const { bastion } = region;
    const sealed = heartbeats[position] ?? null;
    const regionId = region.id ?? newId(RegionId, "reg");
    await tx.region.create({
      data: {
        ...{ id: regionId, deploymentId, position, name, location, isDefault, cmUrl },
        heartbeatDatabase,
        heartbeatHost: heartbeatServer?.host ?? null,
        heartbeatPort: heartbeatServer?.port ?? null,
        heartbeatUser: heartbeatServer?.user ?? null,
        heartbeatPasswordId: sealed?.passwordId ?? null,
        heartbeatTls: sealed && JSON.stringify(sealed.tls),
        bastionHost: bastion?.host ?? null,
        bastionPort: bastion?.port ?? null,
        bastionCredentialId: bastion?.credentialId ?? null,
        bastionHostKey: bastion?.hostKeyFingerprint ?? null,
      },
    });
    await tx.node.createMany({
      data: region.nodes.map((node, index) => ({
        ...{ id: node.id ?? newId(NodeId, "nod"), regionId, position: index, name: node.name },
        ...{ address: node.address, containerName: node.containerName },
        ...{ sshHost: node.ssh.host, sshPort: node.ssh.port },
        credentialId: node.ssh.credentialId,
        hostKeyFingerprint: node.ssh.hostKeyFingerprint,
      })),
    });
  }
}
