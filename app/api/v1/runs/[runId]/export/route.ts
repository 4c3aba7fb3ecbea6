import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { exportRun } from "#lib/services/run-export.ts";

/** Everything that is known of a run, as one JSON document. */
export const GET = endpoint<{ runId: string }>(async ({ actor, params, render }) => {
  const runId = idParam(RunId, params.runId);
  return Response.json(await exportRun(actor, runId, render), {
    headers: {
      "content-disposition": `attachment; filename="${runId}.json"`,
      "cache-control": "no-store",
    },
  });
});
