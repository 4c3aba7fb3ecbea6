import { z } from "zod";
import { dockerImages } from "#lib/commands/docker.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentId, newId, PlanId, RunId } from "#lib/domain/ids.ts";
import { Plan, UpgradeTarget } from "#lib/domain/plan.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { OutageEstimate } from "#lib/domain/run-view/outage-estimate.ts";
import type { StepTimes } from "#lib/domain/run-view/step-times.ts";
import { Catalogue, versionOfImage } from "#lib/oms/catalogue.ts";
import { passes } from "#lib/planner/assess.ts";
import { planPractice, practiceBlockers } from "#lib/planner/plan-practice.ts";
import { planUpgrade } from "#lib/planner/plan-upgrade.ts";
import { access } from "#lib/services/access.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { estimateOutage, timesOf } from "#lib/services/measured.ts";
import { readPlanView, storePlan } from "#lib/services/plan-rows.ts";
import { lookAndJudge } from "#lib/services/preflight-look.ts";
import { requireNoRun } from "#lib/services/run-reading.ts";
import { siteCatalogue } from "#lib/services/site-catalogue.ts";
import { PlanView } from "#lib/services/views.ts";
import { createRun } from "#lib/store/create-run.ts";
import { planById } from "#lib/store/plans.ts";
import { nothing, operation, typed } from "./operation.ts";

const ofPlan = z.object({ planId: PlanId });
const ofDeployment = z.object({ deploymentId: DeploymentId });

/**
 * Looks at the whole deployment, judges it, and makes the plan if nothing stands in its way. The
 * plan and the checks are kept together with what was seen.
 *
 * @throws UpliftError not_found
 */
export const createUpgradePlan = operation({
  name: "plans.create",
  permission: "plan.create",
  input: UpgradeTarget.extend(ofDeployment.shape),
  output: PlanView,
  async run(actor, { deploymentId, ...target }) {
    const inventory = await requireInventory(deploymentId);
    const { facts, checks, tookMs } = await lookAndJudge(actor, inventory, target);
    const planId = newId(PlanId, "pln");
    const plan = passes(checks)
      ? planUpgrade({ planId, inventory, facts, target, catalogue: siteCatalogue() })
      : null;
    const preflight = { revision: inventory.revision, tookMs };
    const made = { planId, deploymentId, plan, checks, facts, target, preflight };
    return storePlan(actor, { ...made, leg: "forward" });
  },
});

/** @throws UpliftError not_found */
export const getPlan = operation({
  name: "plans.get",
  permission: "run.read",
  input: ofPlan,
  output: PlanView,
  run: (_actor, { planId }) => readPlanView(planId),
});

/**
 * What a runbook is made of: a plan that can be carried out, by hand too.
 *
 * @throws UpliftError plan.blocked when the checks let no plan be made, not_found
 */
export const planRunbook = operation({
  name: "plans.runbook",
  permission: "run.read",
  input: ofPlan,
  output: z.object({ plan: Plan, hash: z.string() }),
  async run(_actor, { planId }) {
    const { plan, hash } = await readPlanView(planId);
    if (plan) return { plan, hash };
    throw new UpliftError(
      "plan.blocked",
      "The checks stand in the way of a plan, so there is no runbook.",
      {
        remedy: "Mend what the checks name, then check again.",
      },
    );
  },
});

/**
 * How long OMS will be out by a plan, from the newest practice and the last upgrades of its deployment;
 * null for a plan without an outage.
 *
 * @throws UpliftError plan.blocked when the checks let no plan be made, not_found
 */
export const estimatePlan = operation({
  name: "plans.estimate",
  permission: "run.read",
  input: ofPlan,
  output: typed<OutageEstimate | null>(),
  run: (_actor, { planId }) => estimateOutage(planId),
});

/** How long each step of these plans of one deployment is expected to take. @throws UpliftError not_found */
export const expectedTimes = operation({
  name: "plans.step-times",
  permission: "run.read",
  /** `except`: the run that asks: it does not tell about itself. */
  input: z.object({ planIds: z.array(PlanId).max(10), except: RunId.nullable().default(null) }),
  output: typed<StepTimes>(),
  async run(_actor, { planIds, except }) {
    return timesOf(await Promise.all(planIds.map(planById)), except);
  },
});

/** The vendor's releases and those that the site has added. */
export const getCatalogue = operation({
  name: "plans.catalogue",
  permission: "inventory.read",
  input: nothing,
  output: Catalogue,
  run: async () => siteCatalogue(),
});

/**
 * Looks at the deployment and, if nothing stands in the way of dumps, starts a practice backup: a run
 * that dumps, proves and rehearses while OMS works. There is nothing to review: it changes nothing.
 *
 * @throws UpliftError run.active_exists, plan.blocked naming each check that failed, not_found
 */
export const startPractice = operation({
  name: "runs.practise",
  permission: "run.start",
  input: z.strictObject({ ...ofDeployment.shape, rehearse: z.boolean().default(true) }),
  output: RunId,
  async run(actor, { deploymentId, rehearse }) {
    const inventory = await requireInventory(deploymentId);
    await requireNoRun(deploymentId);
    const { facts, checks, tookMs } = await lookAndJudge(actor, inventory, null);
    const planId = newId(PlanId, "pln");
    const blockers = practiceBlockers(checks);
    const catalogue = siteCatalogue();
    const plan =
      blockers.length === 0
        ? planPractice({ planId, inventory, facts, rehearse, catalogue })
        : null;
    const preflight = { revision: inventory.revision, tookMs };
    const made = { planId, deploymentId, plan, checks, facts, target: null, preflight };
    const { hash } = await storePlan(actor, { ...made, leg: "forward" });
    if (plan) return createRun({ planId, planHash: hash, actor });
    const reasons = blockers.map(
      ({ title, scope, evidence }) => `${title} (${scope}): ${evidence}`,
    );
    const remedies = new Set(blockers.flatMap(({ remedy }) => remedy ?? []));
    throw new UpliftError(
      "plan.blocked",
      `No dump can be made for practice. ${reasons.join(" ")}`,
      {
        remedy: `${[...remedies].join(" ")} Then start the practice again.`.trim(),
      },
    );
  },
});

/** An image that names an OMS version, and how many nodes have it. */
const ImageOnNodes = z.object({ reference: z.string(), version: z.string(), nodes: z.number() });
export type ImageOnNodes = z.infer<typeof ImageOnNodes>;

/**
 * The images on a deployment's nodes, for the wizard to offer; nodes that give no answer count as
 * having none, as the checks say what is wrong with them.
 *
 * @throws UpliftError not_found
 */
export const imagesOnNodes = operation({
  name: "plans.images-on-nodes",
  permission: "plan.create",
  input: ofDeployment,
  output: z.object({ images: z.array(ImageOnNodes), answered: z.number() }),
  async run(_actor, { deploymentId }) {
    const nodes = allNodes(await requireInventory(deploymentId));
    const seen = await Promise.all(
      nodes.map(async ({ node }) => {
        try {
          const host = await access.host(node.id);
          const result = await host.exec(dockerImages(), { timeoutMs: 10_000 });
          return result.code === 0 ? result.stdout.split("\n") : null;
        } catch {
          return null;
        }
      }),
    );
    const answers = seen.filter((lines) => lines !== null);
    return { images: countImages(answers), answered: answers.length };
  },
});

/** Counts on how many nodes each reference is. Pure. */
function countImages(perNode: readonly (readonly string[])[]): ImageOnNodes[] {
  const counts = new Map<string, number>();
  for (const lines of perNode) {
    for (const reference of new Set(lines.map((line) => line.trim()))) {
      counts.set(reference, (counts.get(reference) ?? 0) + 1);
    }
  }
  return [...counts]
    .flatMap(([reference, nodes]) => {
      const version = reference.includes("<none>") ? null : versionOfImage(reference);
      return version === null ? [] : [{ reference, version, nodes }];
    })
    .sort((a, b) => b.nodes - a.nodes || a.reference.localeCompare(b.reference));
}
