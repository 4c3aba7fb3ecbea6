import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { breakLocks } from "#lib/services/locks.ts";

/** Breaks locks that were seen: `{ locks: [{ nodeId, text }], reason }`. */
export const POST = endpoint<{ deploymentId: string }>(({ actor, params, body }) =>
  breakLocks(actor, idParam(DeploymentId, params.deploymentId), body),
);
