import { z } from "zod";
import { DeploymentInput } from "#lib/domain/deployment-input.ts";
import { DeploymentId, newId } from "#lib/domain/ids.ts";
import { Inventory, type Region } from "#lib/domain/inventory.ts";
import { hostsOf, refuseNewHosts } from "#lib/services/credential-uses.ts";
import {
  refuseForeignIds,
  refuseIfChangedSince,
  refuseNameInUse,
  refuseUnknownCredentials,
  refuseWhileRunning,
  topologyChanges,
} from "#lib/services/inventory-checks.ts";
import { findDeployment, requireInventory } from "#lib/services/inventory-reading.ts";
import {
  type Exposure,
  exposureOf,
  sealServer,
  serverSecrets,
  typedParts,
} from "#lib/services/server-secrets.ts";
import { audit } from "#lib/store/audit.ts";
import { db, type Tx, transaction } from "#lib/store/client.ts";
import {
  deploymentColumns,
  inventoryOf,
  type SealedServer,
  withTopology,
  writeTopology,
} from "#lib/store/inventory-rows.ts";
import { secrets } from "#lib/store/secrets.ts";
import { nothing, operation, permit } from "./operation.ts";

const ofDeployment = z.object({ deploymentId: DeploymentId });

/** All deployments by name. */
export const listDeployments = operation({
  name: "deployments.list",
  permission: "inventory.read",
  input: nothing,
  output: z.array(Inventory),
  async run() {
    const rows = await db().deployment.findMany({
      where: { deletedAt: null },
      orderBy: { name: "asc" },
      include: withTopology,
    });
    return rows.map(inventoryOf);
  },
});

/** @throws UpliftError not_found */
export const getDeployment = operation({
  name: "deployments.get",
  permission: "inventory.read",
  input: ofDeployment,
  output: Inventory,
  run: (_actor, { deploymentId }) => requireInventory(deploymentId),
});

/** Registers a deployment with its regions and nodes. */
export const createDeployment = operation({
  name: "deployments.create",
  permission: "inventory.change",
  input: DeploymentInput,
  output: DeploymentId,
  async run(actor, input) {
    if (input.settings.unknownMetadb !== "refuse") permit(actor, "metadb.take");
    const id = DeploymentId.parse(newId(DeploymentId, "dep"));
    await transaction(async (tx) => {
      await refuseNameInUse(tx, input.name, null);
      await refuseUnknownCredentials(tx, input);
      refuseForeignIds(input, []);
      await refuseNewHosts(tx, actor, hostsOf(input));
      const exposure = exposureOf(actor, input, null);
      const metadb = await sealServer(tx, input.metadb, null, "metadb", exposure);
      const heartbeats = await sealHeartbeats(tx, input, [], exposure);
      await tx.deployment.create({ data: { id, ...deploymentColumns(input, metadb) } });
      await writeTopology(tx, id, input.regions, heartbeats);
      const after = inventoryOf(await findDeployment(tx, id));
      await audit(tx, actor, "deployment.create", { type: "deployment", id }, { after });
    });
    return id;
  },
});

/**
 * Replaces a deployment's document; passwords that are not given stay with the server they are for. While a run is active only
 * the name and the settings may change.
 *
 * @throws UpliftError not_found, conflict
 */
export const updateDeployment = operation({
  name: "deployments.update",
  permission: "inventory.change",
  input: DeploymentInput.safeExtend(ofDeployment.shape),
  output: Inventory,
  async run(actor, { deploymentId: id, ...input }) {
    return transaction(async (tx) => {
      const row = await findDeployment(tx, id);
      const before = inventoryOf(row);
      if (input.settings.unknownMetadb !== before.settings.unknownMetadb) {
        permit(actor, "metadb.take");
      }
      refuseIfChangedSince(row.revision, input.revision);
      await refuseNameInUse(tx, input.name, id);
      await refuseUnknownCredentials(tx, input);
      refuseForeignIds(input, before.regions);
      if (topologyChanges(before, input)) await refuseWhileRunning(tx, id, "changed");
      await refuseNewHosts(tx, actor, hostsOf(input));
      const exposure = exposureOf(actor, input, before);
      const metadb = await sealServer(tx, input.metadb, before.metadb, "metadb", exposure);
      const heartbeats = await sealHeartbeats(tx, input, before.regions, exposure);
      await tx.deployment.update({
        where: { id },
        data: { ...deploymentColumns(input, metadb), revision: { increment: 1 } },
      });
      await writeTopology(tx, id, input.regions, heartbeats);
      const after = inventoryOf(await findDeployment(tx, id));
      const kept = new Set(serverSecrets(after));
      await secrets.remove(
        tx,
        serverSecrets(before).filter((secretId) => !kept.has(secretId)),
      );
      const detail = { before, after, secretsTyped: typedSecrets(input) };
      await audit(tx, actor, "deployment.update", { type: "deployment", id }, detail);
      return after;
    });
  },
});

/**
 * Removes a deployment. Its runs, plans, dumps and audit stay; its nodes and passwords do not.
 * @throws UpliftError not_found, conflict (a run is active)
 */
export const deleteDeployment = operation({
  name: "deployments.delete",
  permission: "inventory.change",
  input: ofDeployment,
  output: z.void(),
  async run(actor, { deploymentId: id }) {
    await transaction(async (tx) => {
      const row = await findDeployment(tx, id);
      await refuseWhileRunning(tx, id, "deleted");
      const before = inventoryOf(row);
      await tx.region.deleteMany({ where: { deploymentId: id } });
      await secrets.remove(tx, serverSecrets(before));
      await tx.deployment.update({
        where: { id },
        data: {
          // The name is free again, and history still tells which one this was.
          name: `${row.name} (deleted, ${id})`,
          deletedAt: new Date(),
          revision: { increment: 1 },
        },
      });
      await audit(tx, actor, "deployment.delete", { type: "deployment", id }, { before });
    });
  },
});

/** The secrets of each region's own heartbeat server, in the order of the regions. */
async function sealHeartbeats(
  tx: Tx,
  input: DeploymentInput,
  stored: readonly Region[],
  exposure: Exposure,
): Promise<(SealedServer | null)[]> {
  const sealed: (SealedServer | null)[] = [];
  for (const [index, { id, heartbeatServer }] of input.regions.entries()) {
    const known = stored.find((region) => region.id === id)?.heartbeatServer ?? null;
    const path = `regions.${index}.heartbeatServer`;
    sealed.push(heartbeatServer && (await sealServer(tx, heartbeatServer, known, path, exposure)));
  }
  return sealed;
}

/** Which secrets somebody has typed, in words: "metadb password". */
function typedSecrets({ metadb, regions }: DeploymentInput): string[] {
  return [
    ...typedParts(metadb).map((part) => `metadb ${part}`),
    ...regions.flatMap(({ name, heartbeatServer }) =>
      heartbeatServer
        ? typedParts(heartbeatServer).map((part) => `heartbeat of ${name}: ${part}`)
        : [],
    ),
  ];
}
