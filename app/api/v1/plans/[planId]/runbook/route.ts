import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { PlanId } from "#lib/domain/ids.ts";
import { planRunbook } from "#lib/services/plans.ts";

/** A plan as a Markdown file, to be read on paper or followed by hand. */
export const GET = endpoint<{ planId: string }>(async ({ actor, params, render }) => {
  const planId = idParam(PlanId, params.planId);
  return new Response(await planRunbook(actor, planId, render), {
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="${planId}-runbook.md"`,
      "cache-control": "no-store",
    },
  });
});
