import { DeploymentInput } from "#lib/domain/deployment-input.ts";
import { DeploymentId, newId, SecretId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { Secret } from "#lib/domain/secret.ts";
import { audit } from "#lib/store/audit.ts";
import { type Tx, transaction } from "#lib/store/client.ts";
import { deploymentColumns, inventoryOf, writeTopology } from "#lib/store/inventory-rows.ts";
import { secrets } from "#lib/store/secrets.ts";
import { claimDiscovered } from "./discovery-secrets.ts";
import {
  refuseForeignIds,
  refuseIfChangedSince,
  refuseNameInUse,
  refuseUnknownCredentials,
  refuseWhileRunning,
  topologyChanges,
} from "./inventory-checks.ts";
import { findDeployment } from "./inventory-reading.ts";
import { permit } from "./permit.ts";
import { parseRequest, RequestInvalid } from "./request-invalid.ts";

/**
 * Registers a deployment with its regions and nodes.
 * @throws RequestInvalid; UpliftError forbidden
 */
export async function createDeployment(actor: Actor, document: unknown): Promise<DeploymentId> {
  permit(actor, "inventory.change");
  const input = parseRequest(DeploymentInput, document);
  const id = DeploymentId.parse(newId(DeploymentId, "dep"));
  await transaction(async (tx) => {
    await refuseNameInUse(tx, input.name, null);
    await refuseUnknownCredentials(tx, input);
    refuseForeignIds(input, []);
    const metaPasswordId = await putPassword(tx, input.metadb, "metadb.password");
    const heartbeats = await putHeartbeatPasswords(tx, input, new Map());
    await tx.deployment.create({ data: { id, metaPasswordId, ...deploymentColumns(input) } });
    await writeTopology(tx, id, input.regions, heartbeats);
    const after = inventoryOf(await findDeployment(tx, id));
    await audit(tx, actor, "deployment.create", { type: "deployment", id }, { after });
  });
  return id;
}

/**
 * Replaces a deployment's document; passwords that are not given stay. While a run is active only
 * the name and the settings may change.
 *
 * @throws RequestInvalid; UpliftError forbidden, not_found, conflict
 */
export async function updateDeployment(
  actor: Actor,
  id: DeploymentId,
  document: unknown,
): Promise<void> {
  permit(actor, "inventory.change");
  const input = parseRequest(DeploymentInput, document);
  await transaction(async (tx) => {
    const row = await findDeployment(tx, id);
    const before = inventoryOf(row);
    refuseIfChangedSince(row.revision, input.revision);
    await refuseNameInUse(tx, input.name, id);
    await refuseUnknownCredentials(tx, input);
    refuseForeignIds(input, before.regions);
    if (topologyChanges(before, input)) await refuseWhileRunning(tx, id, "changed");

    const { password } = input.metadb;
    if (password !== undefined) {
      await secrets.replace(tx, before.metadb.passwordId, new Secret(password));
    }
    const stored = new Map(
      row.regions.map((region) => [
        region.id,
        SecretId.nullable().parse(region.heartbeatPasswordId),
      ]),
    );
    const heartbeats = await putHeartbeatPasswords(tx, input, stored);
    await tx.deployment.update({
      where: { id },
      data: { ...deploymentColumns(input), revision: { increment: 1 } },
    });
    await writeTopology(tx, id, input.regions, heartbeats);
    await secrets.remove(
      tx,
      [...stored.values()].filter((secretId) => !heartbeats.includes(secretId)),
    );
    const after = inventoryOf(await findDeployment(tx, id));
    const passwordsChanged = typedPasswords(input);
    const detail = { before, after, passwordsChanged };
    await audit(tx, actor, "deployment.update", { type: "deployment", id }, detail);
  });
}

/**
 * Removes a deployment. Its runs, plans, dumps and audit stay; its nodes and passwords do not.
 * @throws UpliftError forbidden, not_found, conflict (a run is active)
 */
export async function deleteDeployment(actor: Actor, id: DeploymentId): Promise<void> {
  permit(actor, "inventory.change");
  await transaction(async (tx) => {
    const row = await findDeployment(tx, id);
    await refuseWhileRunning(tx, id, "deleted");
    const before = inventoryOf(row);
    await tx.region.deleteMany({ where: { deploymentId: id } });
    await secrets.remove(tx, [
      row.metaPasswordId,
      ...row.regions.map((region) => region.heartbeatPasswordId),
    ]);
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
}

/** The password id of each region's own heartbeat server, in the order of the regions. */
async function putHeartbeatPasswords(
  tx: Tx,
  input: DeploymentInput,
  stored: ReadonlyMap<string, SecretId | null>,
): Promise<(SecretId | null)[]> {
  const ids: (SecretId | null)[] = [];
  for (const [index, region] of input.regions.entries()) {
    const known = region.id ? (stored.get(region.id) ?? null) : null;
    if (!region.heartbeatServer) {
      ids.push(null);
      continue;
    }
    const { password } = region.heartbeatServer;
    if (known === null) {
      const path = `regions.${index}.heartbeatServer.password`;
      ids.push(await putPassword(tx, region.heartbeatServer, path));
      continue;
    }
    if (password !== undefined) await secrets.replace(tx, known, new Secret(password));
    ids.push(known);
  }
  return ids;
}

/** Seals the password of a new server; one that discovery found is sealed already. */
async function putPassword(
  tx: Tx,
  server: { password?: string | undefined; passwordId?: SecretId | undefined },
  path: string,
): Promise<SecretId> {
  const { password, passwordId } = server;
  if (password !== undefined) return secrets.put(tx, new Secret(password));
  if (passwordId !== undefined) return claimDiscovered(tx, passwordId, path);
  throw new RequestInvalid([{ path, message: "Give the password." }]);
}

function typedPasswords(input: DeploymentInput): string[] {
  const regions = input.regions.filter((region) => region.heartbeatServer?.password !== undefined);
  return [
    ...(input.metadb.password === undefined ? [] : ["metadb"]),
    ...regions.map((region) => `heartbeat of ${region.name}`),
  ];
}
