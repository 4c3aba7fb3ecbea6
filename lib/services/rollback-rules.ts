import { BackupDeletion } from "#lib/domain/backup-copy.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DeploymentId, PlanId, RunId } from "#lib/domain/ids.ts";
import { Plan } from "#lib/domain/plan.ts";
import { hasMovedOn } from "#lib/domain/rollback.ts";
import type { RunState } from "#lib/domain/run.ts";
import { db } from "#lib/store/client.ts";
import { readPlan } from "#lib/store/plans.ts";

/**
 * A later run that changed the deployment and was not undone: its state is the one to go back from.
 *
 * @throws UpliftError run.command_not_allowed
 */
export async function refuseIfOvertaken(runId: RunId, deploymentId: DeploymentId): Promise<void> {
  const run = await db().run.findUniqueOrThrow({ where: { id: runId } });
  const after = { deploymentId, createdAt: { gt: run.createdAt } };
  const later = await db().run.findFirst({
    where: {
      ...after,
      status: { not: "rolled-back" },
      OR: [{ t1: { not: null } }, { activeDeploymentId: { not: null } }],
    },
    orderBy: { createdAt: "desc" },
  });
  const message = "A later run has changed this deployment since.";
  if (later?.purpose === "practice") {
    throw new UpliftError("run.command_not_allowed", "A practice backup is under way.", {
      remedy: `Wait until ${later.id} has ended, or abandon it.`,
    });
  }
  if (later) {
    throw new UpliftError("run.command_not_allowed", message, {
      remedy: `Roll back the later run, ${later.id}, first.`,
    });
  }
  const undone = await db().run.findMany({ where: { ...after, status: "rolled-back" } });
  for (const { id } of undone) {
    if (!(await isUndoneInPart(id))) continue;
    throw new UpliftError("run.command_not_allowed", message, {
      remedy: `The later run, ${id}, was rolled back to a release on its way, not to its beginning. Restore by hand from the backups if you must go further back.`,
    });
  }
}

/** Whether the first hops of a run stand although it was rolled back. */
async function isUndoneInPart(runId: string): Promise<boolean> {
  const plans = await db().plan.findMany({
    where: { runId, leg: "rollback" },
    select: { body: true },
  });
  return plans.some(({ body }) => (Plan.parse(JSON.parse(body)).undoes?.hop ?? 1) > 1);
}

/**
 * What was deleted cannot be restored.
 *
 * @throws UpliftError backup.deleted
 */
export async function refuseIfDeleted(runId: RunId): Promise<void> {
  const gone = await db().backup.findFirst({ where: { runId, deletedAt: { not: null } } });
  if (!gone?.deletion || !gone.deletedAt) return;
  const { by, reason } = BackupDeletion.parse(JSON.parse(gone.deletion));
  throw new UpliftError(
    "backup.deleted",
    `The backup of ${gone.database} was deleted by ${by.name} at ${gone.deletedAt.toISOString()}: ${reason}`,
    {
      remedy:
        "Without it the databases cannot be brought back; another copy has to be restored by hand.",
    },
  );
}

/**
 * A rollback runs exactly the plan that was reviewed, made for this run as it still is.
 *
 * @throws UpliftError plan.hash_differs, plan.outdated, plan.used, run.command_not_allowed
 */
export async function requireRollbackPlan(
  state: RunState,
  planId: PlanId | null,
  hash: string | null,
): Promise<void> {
  const remedy = "Plan the rollback again and review it.";
  const {
    plan,
    hash: kept,
    runId: usedBy,
  } = planId ? await readPlan(db(), planId) : { plan: null, hash: null, runId: null };
  if (!plan || kept !== hash || plan.undoes?.runId !== state.runId) {
    const message = "This is not a rollback plan that was reviewed for this run.";
    throw new UpliftError("plan.hash_differs", message, { remedy });
  }
  if (usedBy !== null)
    throw new UpliftError("plan.used", "This plan was used already.", { remedy });
  if (hasMovedOn(plan, state)) {
    const message = "The run has moved on since this rollback was planned.";
    throw new UpliftError("plan.outdated", message, { remedy });
  }
  await refuseIfOvertaken(state.runId, state.deploymentId);
}
