import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId, PreflightId } from "#lib/domain/ids.ts";
import { getPreflight } from "#lib/services/preflights.ts";

/** One preflight with its checks. */
export const GET = endpoint<{ deploymentId: string; preflightId: string }>(({ actor, params }) =>
  getPreflight(
    actor,
    idParam(DeploymentId, params.deploymentId),
    idParam(PreflightId, params.preflightId),
  ),
);
