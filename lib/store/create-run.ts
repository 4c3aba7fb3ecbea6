import { UpliftError } from "#lib/domain/errors.ts";
import { newId, type PlanId, RunId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "./audit.ts";
import { isUniqueViolation, type Tx, transaction } from "./client.ts";
import { activeRunExists } from "./journal.ts";
import { markPlanUsed, readPlan } from "./plans.ts";
import { cachesOf } from "./run-caches.ts";
import { insertEvents, prepareEvents } from "./run-events.ts";
import { wanted } from "./wake.ts";

export interface NewRun {
  planId: PlanId;
  /** The hash of the plan that was reviewed. */
  planHash: string;
  actor: Actor;
  /** More for the audit row, e.g. the reason for an unlisted path. */
  detail?: Record<string, unknown>;
}

/**
 * Starts a run of a forward plan: the run, its first two events, the plan's use, the hold on the
 * deployment and the audit row, in one transaction.
 *
 * @throws UpliftError not_found, plan.blocked, plan.hash_differs, plan.used, plan.outdated,
 *   run.active_exists
 */
export async function createRun({ planId, planHash, actor, detail }: NewRun): Promise<RunId> {
  const runId = RunId.parse(newId(RunId, "run"));
  const by = { userId: actor.userId, name: actor.name };
  try {
    await transaction(async (tx) => {
      const { plan, hash } = await readPlan(tx, planId);
      await requireCurrent(tx, plan, hash, planHash);
      await markPlanUsed(tx, planId, runId);
      const { deploymentId, purpose } = plan;
      const prepared = prepareEvents(runId, null, [
        { type: "run.created", deploymentId, purpose, by },
        {
          type: "leg.started",
          leg: "forward",
          planId,
          planHash,
          stepIds: plan.steps.map(({ id }) => id),
          by,
        },
      ]);
      await tx.run.create({
        data: {
          id: runId,
          deploymentId,
          activeDeploymentId: deploymentId,
          purpose,
          fromVersion: plan.fromVersion,
          toVersion: plan.toVersion,
          startedBy: actor.name,
          startedById: actor.userId,
          createdAt: new Date(prepared.after.createdAt),
          ...cachesOf(prepared.after),
        },
      });
      await insertEvents(tx, prepared, 0);
      const { fromVersion, toVersion } = plan;
      await audit(
        tx,
        actor,
        "run.start",
        { type: "run", id: runId },
        { ...detail, deploymentId, planId, planHash, purpose, fromVersion, toVersion },
      );
    });
  } catch (error) {
    throw isUniqueViolation(error) ? activeRunExists(error) : error;
  }
  wanted.give(runId);
  return runId;
}

async function requireCurrent(tx: Tx, plan: Plan, hash: string, reviewed: string): Promise<void> {
  if (hash !== reviewed || plan.leg !== "forward") {
    throw new UpliftError("plan.hash_differs", "This is not the plan that was reviewed.", {
      remedy: "Open the plan again, review it, and start it from there.",
    });
  }
  const deployment = await tx.deployment.findUnique({ where: { id: plan.deploymentId } });
  if (!deployment || deployment.deletedAt) {
    throw new UpliftError("not_found", "The plan's deployment was deleted.", {
      remedy: "Register the deployment again and make a new plan.",
    });
  }
  if (deployment.revision !== plan.inventoryRevision) {
    throw new UpliftError("plan.outdated", "The deployment has changed since the plan was made.", {
      remedy: "Make a new plan and review it.",
    });
  }
}
