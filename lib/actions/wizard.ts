"use server";

import type { DeploymentId, PlanId, RunId } from "#lib/domain/ids.ts";
import { createUpgradePlan } from "#lib/services/plans.ts";
import { startRun } from "#lib/services/runs.ts";
import { type ActionResult, act } from "./session.ts";

/** Looks at the whole deployment, judges it and plans. @returns the plan's id, checks passed or not */
export async function checkTargetAction(
  id: DeploymentId,
  target: unknown,
): Promise<ActionResult<PlanId>> {
  return act(async (actor) => (await createUpgradePlan(actor, id, target)).id);
}

/** Starts the plan whose text has this hash. */
export async function startUpgradeAction(
  planId: PlanId,
  planHash: string,
): Promise<ActionResult<RunId>> {
  return act((actor) => startRun(actor, { planId, planHash }));
}
