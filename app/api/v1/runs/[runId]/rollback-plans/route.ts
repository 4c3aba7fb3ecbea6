import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { createRollbackPlan } from "#lib/services/plans.ts";

/** The way back from where the run is now, to be reviewed and then confirmed with a command. */
export const POST = endpoint<{ runId: string }>(
  ({ actor, params }) => createRollbackPlan(actor, idParam(RunId, params.runId)),
  201,
);
