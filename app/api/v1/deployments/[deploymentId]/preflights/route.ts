import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { listPreflights, runPreflight } from "#lib/services/preflights.ts";

/** The kept preflights, the newest first, without their checks. */
export const GET = endpoint<{ deploymentId: string }>(({ actor, params }) =>
  listPreflights(actor, idParam(DeploymentId, params.deploymentId)),
);

/** Looks at everything now and answers with the checks: `{ target }`, or nothing. */
export const POST = endpoint<{ deploymentId: string }>(
  ({ actor, params, body }) =>
    runPreflight(actor, idParam(DeploymentId, params.deploymentId), body),
  201,
);
