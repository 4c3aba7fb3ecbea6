import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { getRun } from "#lib/services/runs.ts";

/** The run: its row, the state folded from its journal, its plans. */
export const GET = endpoint<{ runId: string }>(({ actor, params }) =>
  getRun(actor, idParam(RunId, params.runId)),
);
