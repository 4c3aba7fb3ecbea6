import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { exportSteps } from "#lib/services/run-export.ts";

/** The steps of a run as a table. */
export const GET = endpoint<{ runId: string }>(async ({ actor, params }) => {
  const runId = idParam(RunId, params.runId);
  // Spreadsheets take a file for UTF-8 when it begins with this mark.
  return new Response(`\uFEFF${await exportSteps(actor, runId)}`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${runId}-steps.csv"`,
      "cache-control": "no-store",
    },
  });
});
