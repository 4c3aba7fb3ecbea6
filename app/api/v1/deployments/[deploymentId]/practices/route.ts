import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { startPractice } from "#lib/services/practice.ts";

/** Starts a practice backup, which dumps while OMS runs: `{ rehearse }`, or nothing. */
export const POST = endpoint<{ deploymentId: string }>(
  async ({ actor, params, body }) => ({
    id: await startPractice(actor, idParam(DeploymentId, params.deploymentId), body),
  }),
  201,
);
