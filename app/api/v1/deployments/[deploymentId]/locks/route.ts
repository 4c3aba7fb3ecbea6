import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { listLocks } from "#lib/services/locks.ts";

/** Asks every node who holds it. */
export const GET = endpoint<{ deploymentId: string }>(({ actor, params }) =>
  listLocks(actor, idParam(DeploymentId, params.deploymentId)),
);
