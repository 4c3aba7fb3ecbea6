import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { createRollbackPlan, listRollbackChoices } from "#lib/services/rollback-plans.ts";

/** The releases that the run can be rolled back to as it is now, each with what follows. */
export const GET = endpoint<{ runId: string }>(({ actor, params }) =>
  listRollbackChoices(actor, idParam(RunId, params.runId)),
);

/** The way back from where the run is now, to be reviewed and then confirmed with a command: `{ hop? }`. */
export const POST = endpoint<{ runId: string }>(
  ({ actor, params, body }) => createRollbackPlan(actor, idParam(RunId, params.runId), body),
  201,
);
