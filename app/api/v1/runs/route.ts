import { endpoint } from "#lib/api/endpoint.ts";
import { listRuns } from "#lib/services/run-list.ts";
import { startRun } from "#lib/services/runs.ts";

/** All runs, newest first. */
export const GET = endpoint(({ actor }) => listRuns(actor));

/** Starts a run: `{ planId, planHash }`. */
export const POST = endpoint(async ({ actor, body }) => ({ id: await startRun(actor, body) }), 201);
