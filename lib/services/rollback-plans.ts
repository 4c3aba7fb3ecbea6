import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { newId, PlanId, type RunId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import type { RollbackChoice } from "#lib/domain/rollback.ts";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { planRollback } from "#lib/planner/plan-rollback.ts";
import { rollbackChoices } from "#lib/planner/rollback/choices.ts";
import { withPresentTls } from "#lib/planner/rollback/present-tls.ts";
import { planById } from "#lib/store/plans.ts";
import { requireInventory } from "./inventory-reading.ts";
import { permit } from "./permit.ts";
import { storePlan } from "./plans.ts";
import { parseRequest } from "./request-invalid.ts";
import { refuseIfDeleted, refuseIfOvertaken } from "./rollback-rules.ts";
import { readState } from "./run-reading.ts";
import type { PlanView } from "./views.ts";

/** Which hop of a chain is the first that is undone, counted from 1: the beginning when nothing is said. */
const Request = z
  .object({ hop: z.number().int().min(1).max(99).default(1) })
  .nullish()
  .transform((request) => request ?? { hop: 1 });

/**
 * The way back from where the run is now; reviewed, then confirmed with a `rollback` command.
 *
 * @param input `{ hop? }`, or nothing
 * @throws UpliftError run.command_not_allowed, plan.blocked, request.invalid, not_found, forbidden
 */
export async function createRollbackPlan(
  actor: Actor,
  runId: RunId,
  input: unknown = null,
): Promise<PlanView> {
  permit(actor, "run.control");
  const { hop } = parseRequest(Request, input);
  const { run, forward } = await readyForRollback(runId);
  const planId = newId(PlanId, "pln");
  const plan = planRollback({ planId, forward, run, hop });
  if (plan.backups.length > 0) await refuseIfDeleted(runId);
  const { deploymentId } = run;
  const rest = { checks: [], facts: null, target: null, preflight: null };
  return storePlan(actor, { planId, deploymentId, leg: "rollback", plan, ...rest });
}

/**
 * The releases that a run can be rolled back to as it is now, the latest first, each with what follows.
 *
 * @throws UpliftError run.command_not_allowed, plan.blocked, not_found, forbidden
 */
export async function listRollbackChoices(actor: Actor, runId: RunId): Promise<RollbackChoice[]> {
  permit(actor, "run.control");
  const { run, forward } = await readyForRollback(runId);
  return rollbackChoices(forward, run);
}

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
