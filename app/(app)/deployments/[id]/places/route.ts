import { answerJson } from "#lib/actions/answer-json.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { notFound } from "#lib/services/refusals.ts";
import { placesOf } from "#lib/services/run-places.ts";

/** Where the run that is on is, for the picture of the deployment. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerJson(async (actor) => {
    const parsed = DeploymentId.safeParse(id);
    if (!parsed.success) throw notFound("deployment", id);
    return placesOf(actor, parsed.data);
  });
}
