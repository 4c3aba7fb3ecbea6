import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { newId, PlanId, type RunId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RollbackChoice } from "#lib/domain/rollback.ts";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { planRollback } from "#lib/planner/plan-rollback.ts";
import { rollbackChoices } from "#lib/planner/rollback/choices.ts";
import { withPresentTls } from "#lib/planner/rollback/present-tls.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { storePlan } from "#lib/services/plan-rows.ts";
import { refuseIfDeleted, refuseIfOvertaken } from "#lib/services/rollback-rules.ts";
import { readState } from "#lib/services/run-reading.ts";
import { PlanView } from "#lib/services/views.ts";
import { planById } from "#lib/store/plans.ts";
import { operation, typed } from "./operation.ts";
import { ofRun } from "./runs.ts";

/**
 * The way back from where the run is now; reviewed, then confirmed with a `rollback` command.
 *
 * @throws UpliftError run.command_not_allowed, plan.blocked, not_found
 */
export const createRollbackPlan = operation({
  name: "runs.plan-rollback",
  permission: "run.control",
  /** Which hop of a chain is the first that is undone, counted from 1: the beginning when nothing is said. */
  input: ofRun.extend({ hop: z.number().int().min(1).max(99).default(1) }),
  output: PlanView,
  async run(actor, { runId, hop }) {
    const { run, forward } = await readyForRollback(runId);
    const planId = newId(PlanId, "pln");
    const plan = planRollback({ planId, forward, run, hop });
    if (plan.backups.length > 0) await refuseIfDeleted(runId);
    const { deploymentId } = run;
    const rest = { checks: [], facts: null, target: null, preflight: null };
    return storePlan(actor, { planId, deploymentId, leg: "rollback", plan, ...rest });
  },
});

/**
 * The releases that a run can be rolled back to as it is now, the latest first, each with what follows.
 *
 * @throws UpliftError run.command_not_allowed, plan.blocked, not_found
 */
export const listRollbackChoices = operation({
  name: "runs.rollback-choices",
  permission: "run.control",
  input: ofRun,
  output: typed<RollbackChoice[]>(),
  async run(_actor, { runId }) {
    const { run, forward } = await readyForRollback(runId);
    return rollbackChoices(forward, run);
  },
});

/** @throws UpliftError run.command_not_allowed, plan.blocked, not_found */
async function readyForRollback(runId: RunId): Promise<{ run: RunState; forward: Plan }> {
  const run = await readState(runId);
  const why = whyNot(run, "rollback");
  if (why !== null) {
    throw new UpliftError("run.command_not_allowed", why, {
      remedy: "Pause the run first; then plan the rollback.",
    });
  }
  await refuseIfOvertaken(runId, run.deploymentId);
  const forwardId = run.plans.find((plan) => plan.leg === "forward")?.planId;
  if (!forwardId) {
    throw new UpliftError("plan.blocked", "The run has not begun, so there is nothing to undo.", {
      remedy: "Abandon it.",
    });
  }
  const inventory = await requireInventory(run.deploymentId);
  return { run, forward: withPresentTls(await planById(forwardId), inventory) };
}
