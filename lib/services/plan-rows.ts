import { canonicalJson } from "#lib/domain/canonical-json.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { Check, type DeploymentFacts } from "#lib/domain/facts.ts";
import { DeploymentId, type PlanId, RunId } from "#lib/domain/ids.ts";
import { Leg, Plan, planHash, UpgradeTarget } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { keepPreflight } from "./preflight-look.ts";
import type { PlanView } from "./views.ts";

/** A plan as pages show it. @throws UpliftError not_found */
export async function readPlanView(planId: PlanId): Promise<PlanView> {
  const row = await db().plan.findUnique({
    where: { id: planId },
    include: { deployment: { select: { name: true, revision: true } } },
  });
  if (!row) {
    throw new UpliftError("not_found", `There is no plan ${planId}.`, {
      remedy: "Make a new plan.",
    });
  }
  const plan = row.body === "" ? null : Plan.parse(JSON.parse(row.body));
  const checks = Check.array().parse(JSON.parse(row.checks));
  return {
    id: planId,
    leg: Leg.parse(row.leg),
    deploymentId: DeploymentId.parse(row.deploymentId),
    deploymentName: row.deployment.name,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    target: row.target === "" ? null : UpgradeTarget.parse(JSON.parse(row.target)),
    checks,
    passes: plan !== null,
    plan,
    hash: row.hash,
    runId: row.runId === null ? null : RunId.parse(row.runId),
    outdated:
      row.leg === "forward" && plan !== null && plan.inventoryRevision !== row.deployment.revision,
  };
}

interface NewPlan {
  planId: PlanId;
  deploymentId: DeploymentId;
  leg: Leg;
  plan: Plan | null;
  checks: Check[];
  facts: DeploymentFacts | null;
  target: UpgradeTarget | null;
  /** The look that the plan rests on; null for a rollback, which rests on its run. */
  preflight: { revision: number; tookMs: number } | null;
}

/** Keeps a plan, or the checks that stand in its way. */
export async function storePlan(actor: Actor, made: NewPlan): Promise<PlanView> {
  const { planId, deploymentId, leg, plan, checks, facts, target } = made;
  const hash = plan ? await planHash(plan) : "";
  await transaction(async (tx) => {
    await tx.plan.create({
      data: {
        id: planId,
        deploymentId,
        leg,
        body: plan ? canonicalJson(plan) : "",
        hash,
        checks: JSON.stringify(checks),
        facts: facts ? JSON.stringify(facts) : "",
        target: target ? JSON.stringify(target) : "",
        createdBy: actor.name,
        createdById: actor.userId,
        createdAt: new Date(),
      },
    });
    if (made.preflight) {
      await keepPreflight(tx, actor, { ...made.preflight, deploymentId, target, planId, checks });
    }
    const failed = checks.filter((check) => check.result === "fail").map((check) => check.id);
    const detail = { deploymentId, leg, hash, failed, target };
    await audit(tx, actor, "plan.create", { type: "plan", id: planId }, detail);
  });
  return readPlanView(planId);
}
