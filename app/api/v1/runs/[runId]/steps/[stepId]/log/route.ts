import { endpoint, idParam, wholeNumber } from "#lib/api/endpoint.ts";
import { RunId, StepId } from "#lib/domain/ids.ts";
import { stepLog } from "#lib/services/runs.ts";

/** A step's log from `offset` (characters): `{ text, nextOffset }`. */
export const GET = endpoint<{ runId: string; stepId: string }>(({ actor, params, query }) =>
  stepLog(
    actor,
    idParam(RunId, params.runId),
    idParam(StepId, params.stepId),
    wholeNumber(query, "offset"),
  ),
);
