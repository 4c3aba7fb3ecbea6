import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { textStream } from "#lib/api/text-stream.ts";
import { RunId } from "#lib/domain/ids.ts";
import { runLogText } from "#lib/services/run-log.ts";

/** The whole log of a run as a text file; sent as it is read. */
export const GET = endpoint<{ runId: string }>(async ({ actor, params }) => {
  const runId = idParam(RunId, params.runId);
  const text = await runLogText(actor, runId);
  return new Response(textStream(text), {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="${runId}-log.txt"`,
      "cache-control": "no-store",
    },
  });
});
