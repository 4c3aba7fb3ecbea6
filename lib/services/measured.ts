import type { DeploymentId, RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { type Durations, measuredDurations } from "#lib/domain/run-view/forecast.ts";
import { db } from "#lib/store/client.ts";
import { permit } from "./permit.ts";
import { readState } from "./run-reading.ts";

/** Runs that are looked into; older ones tell little about today's databases. */
const looked = 3;

/**
 * What each step took when it was last done on this deployment, ms.
 *
 * @param except the run that asks: it does not tell about itself
 * @throws UpliftError forbidden
 */
export async function measuredOn(
  actor: Actor,
  deploymentId: DeploymentId,
  except: RunId | null = null,
): Promise<Durations> {
  permit(actor, "run.read");
  const rows = await db().run.findMany({
    where: { deploymentId, t1: { not: null }, ...(except ? { id: { not: except } } : {}) },
    orderBy: { createdAt: "desc" },
    take: looked,
    select: { id: true },
  });
  const states = await Promise.all(rows.map(({ id }) => readState(id as RunId)));
  return measuredDurations(states);
}
