import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { textStream } from "#lib/api/text-stream.ts";
import { RunId, StepId } from "#lib/domain/ids.ts";
import { runLogText } from "#lib/services/run-log.ts";

/** The log of a run as a text file, of one step with `?step=`; sent as it is read. */
export const GET = endpoint<{ runId: string }>(async ({ actor, params, query }) => {
  const runId = idParam(RunId, params.runId);
  const step = query.get("step");
  const stepId = step === null ? null : idParam(StepId, step);
  const text = await runLogText(actor, runId, stepId);
  return new Response(textStream(text), {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="${runId}${stepId ? `-${stepId}` : ""}-log.txt"`,
      "cache-control": "no-store",
    },
  });
});
