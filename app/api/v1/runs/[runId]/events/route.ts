import { endpoint, idParam, wholeNumber } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { runEvents } from "#lib/services/runs.ts";

/** The journal after event number `after`. */
export const GET = endpoint<{ runId: string }>(({ actor, params, query }) =>
  runEvents(actor, idParam(RunId, params.runId), wholeNumber(query, "after")),
);
