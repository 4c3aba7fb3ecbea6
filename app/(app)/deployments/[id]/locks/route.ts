import { answerJson } from "#lib/actions/answer-json.ts";
import { DeploymentId, NodeId } from "#lib/domain/ids.ts";
import { listLocks } from "#lib/services/locks.ts";
import { notFound } from "#lib/services/refusals.ts";

/** Who holds the nodes that `node` names, each of them once. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerJson(async (actor) => {
    const parsed = DeploymentId.safeParse(id);
    if (!parsed.success) throw notFound("deployment", id);
    const nodes = NodeId.array().safeParse(new URL(request.url).searchParams.getAll("node"));
    if (!nodes.success) throw notFound("node of this deployment", "of that name");
    return listLocks(actor, parsed.data, nodes.data);
  });
}
