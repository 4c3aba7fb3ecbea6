import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { type DeploymentId, newId, PlanId, type RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { planPractice, practiceBlockers } from "#lib/planner/plan-practice.ts";
import { createRun } from "#lib/store/create-run.ts";
import { requireInventory } from "./inventory-reading.ts";
import { permit } from "./permit.ts";
import { storePlan } from "./plans.ts";
import { lookAndJudge } from "./preflight-look.ts";
import { parseRequest } from "./request-invalid.ts";
import { requireNoRun } from "./run-reading.ts";
import { siteCatalogue } from "./site-catalogue.ts";

const Request = z
  .strictObject({ rehearse: z.boolean().default(true) })
  .nullish()
  .transform((request) => request ?? { rehearse: true });

/**
 * Looks at the deployment and, if nothing stands in the way of dumps, starts a practice backup: a run
 * that dumps, proves and rehearses while OMS works. There is nothing to review: it changes nothing.
 *
 * @param input `{ rehearse? }`, or nothing
 * @throws UpliftError run.active_exists, plan.blocked naming each check that failed, request.invalid,
 *   not_found, forbidden
 */
export async function startPractice(
  actor: Actor,
  deploymentId: DeploymentId,
  input: unknown,
): Promise<RunId> {
  permit(actor, "run.start");
  const { rehearse } = parseRequest(Request, input);
  const inventory = await requireInventory(deploymentId);
  await requireNoRun(deploymentId);
  const { facts, checks, tookMs } = await lookAndJudge(actor, inventory, null);
  const planId = newId(PlanId, "pln");
  const blockers = practiceBlockers(checks);
  const catalogue = siteCatalogue();
  const plan =
    blockers.length === 0 ? planPractice({ planId, inventory, facts, rehearse, catalogue }) : null;
  const preflight = { revision: inventory.revision, tookMs };
  const made = { planId, deploymentId, plan, checks, facts, target: null, preflight };
  const { hash } = await storePlan(actor, { ...made, leg: "forward" });
  if (plan) return createRun({ planId, planHash: hash, actor });
  const reasons = blockers.map(({ title, scope, evidence }) => `${title} (${scope}): ${evidence}`);
  const remedies = new Set(blockers.flatMap(({ remedy }) => remedy ?? []));
  throw new UpliftError("plan.blocked", `No dump can be made for practice. ${reasons.join(" ")}`, {
    remedy: `${[...remedies].join(" ")} Then start the practice again.`.trim(),
  });
}
