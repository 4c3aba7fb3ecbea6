import { answerJson } from "#lib/actions/answer-json.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { lookNow } from "#lib/services/live.ts";
import { notFound } from "#lib/services/refusals.ts";

/** What the nodes and the MetaDB say now, for the deployment's page. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerJson(async (actor) => {
    const parsed = DeploymentId.safeParse(id);
    if (!parsed.success) throw notFound("deployment", id);
    return lookNow(actor, parsed.data);
  });
}
