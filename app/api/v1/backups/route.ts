import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { listBackups } from "#lib/services/backups.ts";

/** The newest 500 backups, or those of a deployment: `?deployment=dep_...` */
export const GET = endpoint(({ actor, query }) => {
  const deployment = query.get("deployment");
  return listBackups(
    actor,
    deployment === null ? {} : { deploymentId: idParam(DeploymentId, deployment) },
  );
});
