import type { DeploymentId, RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import {
  type DatabasePlace,
  databasePlaces,
  type NodePlace,
  nodePlaces,
} from "#lib/domain/run-view/places.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import { db } from "#lib/store/client.ts";
import { permit } from "./permit.ts";
import { getRun } from "./runs.ts";

/** Where a run that is on is, by node and by database. */
export interface RunPlaces {
  runId: RunId;
  nodes: NodePlace[];
  databases: DatabasePlace[];
}

/** The places of the deployment's run that is on; null when none is. @throws UpliftError forbidden */
export async function placesOf(
  actor: Actor,
  deploymentId: DeploymentId,
): Promise<RunPlaces | null> {
  permit(actor, "run.read");
  const row = await db().run.findUnique({
    where: { activeDeploymentId: deploymentId },
    select: { id: true },
  });
  if (!row) return null;
  const runId = row.id as RunId;
  const { state, plans } = await getRun(actor, runId);
  const plan = plans.find(({ leg }) => leg === state.leg);
  const names = hostNames(plans);
  return {
    runId,
    nodes: plan ? nodePlaces(plan, state, names) : [],
    databases: plan ? databasePlaces(plan, state, names) : [],
  };
}
