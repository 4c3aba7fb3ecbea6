import { canonicalJson } from "#lib/domain/canonical-json.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { Check, type DeploymentFacts } from "#lib/domain/facts.ts";
import { DeploymentId, newId, PlanId, RunId } from "#lib/domain/ids.ts";
import type { Render } from "#lib/domain/message.ts";
import { Leg, Plan, planHash, UpgradeTarget } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { runbook } from "#lib/domain/runbook/runbook.ts";
import { passes } from "#lib/planner/assess.ts";
import { planUpgrade } from "#lib/planner/plan-upgrade.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { requireInventory } from "./inventory-reading.ts";
import { permit } from "./permit.ts";
import { lookAndJudge } from "./preflight-look.ts";
import { keepPreflight } from "./preflights.ts";
import { parseRequest } from "./request-invalid.ts";
import { siteCatalogue } from "./site-catalogue.ts";
import type { PlanView } from "./views.ts";

/**
 * Looks at the whole deployment, judges it, and makes the plan if nothing stands in its way. The
 * plan and the checks are kept together with what was seen.
 *
 * @throws UpliftError request.invalid, not_found, forbidden
 */
export async function createUpgradePlan(
  actor: Actor,
  deploymentId: DeploymentId,
  input: unknown,
): Promise<PlanView> {
  permit(actor, "plan.create");
  const target = parseRequest(UpgradeTarget, input);
  const inventory = await requireInventory(deploymentId);
  const { facts, checks, tookMs } = await lookAndJudge(actor, inventory, target);
  const planId = newId(PlanId, "pln");
  const plan = passes(checks)
    ? planUpgrade({ planId, inventory, facts, target, catalogue: siteCatalogue() })
    : null;
  const preflight = { revision: inventory.revision, tookMs };
  const made = { planId, deploymentId, plan, checks, facts, target, preflight };
  return storePlan(actor, { ...made, leg: "forward" });
}

/** @throws UpliftError not_found, forbidden */
export async function getPlan(actor: Actor, planId: PlanId): Promise<PlanView> {
  permit(actor, "run.read");
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

/**
 * The plan as a runbook in Markdown.
 *
 * @throws UpliftError plan.blocked when the checks let no plan be made, not_found, forbidden
 */
export async function planRunbook(actor: Actor, planId: PlanId, render: Render): Promise<string> {
  const { plan, hash } = await getPlan(actor, planId);
  if (plan) return runbook(plan, hash, render);
  throw new UpliftError(
    "plan.blocked",
    "The checks stand in the way of a plan, so there is no runbook.",
    {
      remedy: "Mend what the checks name, then check again.",
    },
  );
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
  return getPlan(actor, planId);
}
