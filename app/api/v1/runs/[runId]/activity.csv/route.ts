import { loadTrailQuery } from "#components/audit-trail/trail-query.ts";
import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { getSaid } from "#lib/i18n/server.ts";
import { exportActivity } from "#lib/services/run-export.ts";

/** The activity of a run as a table, filtered as on its page: `part`, `host`, `text`. */
export const GET = endpoint<{ runId: string }>(async ({ actor, params, query }) => {
  const runId = idParam(RunId, params.runId);
  const csv = await exportActivity(actor, runId, loadTrailQuery(query), await getSaid());
  // Spreadsheets take a file for UTF-8 when it begins with this mark.
  return new Response(`\uFEFF${csv}`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${runId}-activity.csv"`,
      "cache-control": "no-store",
    },
  });
});
