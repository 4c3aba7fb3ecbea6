import { answerJson } from "#lib/actions/answer-json.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { preflightProgress } from "#lib/services/preflights.ts";
import { notFound } from "#lib/services/refusals.ts";

/** How far the preflight is that is under way; null: none is. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerJson(async (actor) => {
    const parsed = DeploymentId.safeParse(id);
    if (!parsed.success) throw notFound("deployment", id);
    return preflightProgress(actor, parsed.data);
  });
}
