import { DeploymentId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { notFound } from "#lib/services/refusals.ts";
import { answerJson } from "./answer-json.ts";

/**
 * A route handler below `/deployments/[id]` that pages fetch in the background.
 *
 * @param work what is answered, as JSON
 */
export function answerDeployment<T>(
  work: (actor: Actor, id: DeploymentId, request: Request) => Promise<T>,
) {
  return async (
    request: Request,
    { params }: { params: Promise<{ id: string }> },
  ): Promise<Response> => {
    const { id } = await params;
    return answerJson(async (actor) => {
      const parsed = DeploymentId.safeParse(id);
      if (!parsed.success) throw notFound("deployment", id);
      return work(actor, parsed.data, request);
    });
  };
}
