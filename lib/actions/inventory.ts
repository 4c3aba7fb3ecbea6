"use server";

import type { DeploymentId } from "#lib/domain/ids.ts";
import { createDeployment, deleteDeployment, updateDeployment } from "#lib/services/inventory.ts";
import { type ActionResult, act } from "./session.ts";

export async function createDeploymentAction(
  document: unknown,
): Promise<ActionResult<DeploymentId>> {
  return act((actor) => createDeployment(actor, document));
}

export async function updateDeploymentAction(
  id: DeploymentId,
  document: unknown,
): Promise<ActionResult<void>> {
  return act((actor) => updateDeployment(actor, id, document));
}

export async function deleteDeploymentAction(id: DeploymentId): Promise<ActionResult<void>> {
  return act((actor) => deleteDeployment(actor, id));
}
