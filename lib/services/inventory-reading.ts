import type { DeploymentId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { db, type Tx } from "#lib/store/client.ts";
import { type DeploymentRow, inventoryOf, withTopology } from "#lib/store/inventory-rows.ts";
import { notFound } from "./refusals.ts";

/** A deployment's rows; a deleted one counts as gone. @throws UpliftError not_found */
export async function findDeployment(
  tx: Pick<Tx, "deployment">,
  id: DeploymentId,
): Promise<DeploymentRow> {
  const row = await tx.deployment.findUnique({ where: { id }, include: withTopology });
  if (!row || row.deletedAt) throw notFound("deployment", id);
  return row;
}

/** For services and the engine, which have checked who asks. @throws UpliftError not_found */
export async function requireInventory(id: DeploymentId): Promise<Inventory> {
  return inventoryOf(await findDeployment(db(), id));
}
