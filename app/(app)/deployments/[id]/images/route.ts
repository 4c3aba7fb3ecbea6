import { answerJson } from "#lib/actions/answer-json.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { imagesOnNodes } from "#lib/services/live-images.ts";
import { notFound } from "#lib/services/refusals.ts";

/** The images on the nodes, for the wizard. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerJson(async (actor) => {
    const parsed = DeploymentId.safeParse(id);
    if (!parsed.success) throw notFound("deployment", id);
    return imagesOnNodes(actor, parsed.data);
  });
}
