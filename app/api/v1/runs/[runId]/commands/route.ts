import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { commandRun } from "#lib/services/runs.ts";

/** Asks the engine for something: `{ kind, stepId?, reason?, planId?, planHash? }`. */
export const POST = endpoint<{ runId: string }>(
  async ({ actor, params, body }) => ({
    id: await commandRun(actor, idParam(RunId, params.runId), body),
  }),
  202,
);
