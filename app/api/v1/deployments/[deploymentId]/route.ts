import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { deleteDeployment, updateDeployment } from "#lib/services/inventory.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";

interface Params {
  deploymentId: string;
}

export const GET = endpoint<Params>(({ actor, params }) =>
  getDeployment(actor, idParam(DeploymentId, params.deploymentId)),
);

/** Replaces the document; passwords that are left out stay. */
export const PUT = endpoint<Params>(async ({ actor, params, body }) => {
  const id = idParam(DeploymentId, params.deploymentId);
  await updateDeployment(actor, id, body);
  return getDeployment(actor, id);
});

export const DELETE = endpoint<Params>(({ actor, params }) =>
  deleteDeployment(actor, idParam(DeploymentId, params.deploymentId)),
);
