import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { createUpgradePlan } from "#lib/services/plans.ts";

/** Checks everything and plans an upgrade: `{ version, image, containerName, ... }`. */
export const POST = endpoint<{ deploymentId: string }>(
  ({ actor, params, body }) =>
    createUpgradePlan(actor, idParam(DeploymentId, params.deploymentId), body),
  201,
);
