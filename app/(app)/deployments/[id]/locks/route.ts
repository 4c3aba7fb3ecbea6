import { answerDeployment } from "#lib/actions/answer-deployment.ts";
import { NodeId } from "#lib/domain/ids.ts";
import { listLocks } from "#lib/services/locks.ts";
import { notFound } from "#lib/services/refusals.ts";

/** Who holds the nodes that `node` names, each of them once. */
export const GET = answerDeployment(async (actor, id, request) => {
  const nodes = NodeId.array().safeParse(new URL(request.url).searchParams.getAll("node"));
  if (!nodes.success) throw notFound("node of this deployment", "of that name");
  return listLocks(actor, id, nodes.data);
});
