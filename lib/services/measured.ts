import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentFacts } from "#lib/domain/facts.ts";
import type { DeploymentId, PlanId, RunId } from "#lib/domain/ids.ts";
import { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { type Sizes, sizeKey } from "#lib/domain/run-view/assumed-durations.ts";
import { type OutageEstimate, outageEstimate } from "#lib/domain/run-view/outage-estimate.ts";
import { type StepTimes, stepTimes } from "#lib/domain/run-view/step-times.ts";
import { db } from "#lib/store/client.ts";
import { notFound } from "./refusals.ts";
import { readState } from "./run-reading.ts";

/** Upgrades that are looked into; older ones tell little about today's databases. */
const looked = 3;

/**
 * How long each step of these plans of one deployment is expected to take: by its newest practice and its
 * last upgrades, else by assumption.
 *
 * @param except the run that asks: it does not tell about itself
 */
export async function timesOf(
  plans: readonly Plan[],
  except: RunId | null = null,
): Promise<StepTimes> {
  const [plan] = plans;
  if (!plan) return {};
  const ids = plans.map(({ id }) => id);
  const rows = await db().plan.findMany({
    where: { id: { in: ids } },
    select: { id: true, facts: true },
  });
  // The newest plan knows the sizes best.
  const facts = ids.map((id) => rows.find((row) => row.id === id)?.facts ?? "").findLast(Boolean);
  return stepTimes(plans, await pastRuns(plan.deploymentId, except), sizesOf(facts ?? ""));
}

/**
 * How long OMS will be out by a plan, from the newest practice and the last upgrades of its deployment;
 * null for a plan without an outage.
 *
 * @throws UpliftError plan.blocked when the checks let no plan be made, not_found
 */
export async function estimateOutage(planId: PlanId): Promise<OutageEstimate | null> {
  const row = await db().plan.findUnique({ where: { id: planId } });
  if (!row) throw notFound("plan", planId);
  if (row.body === "") {
    throw new UpliftError("plan.blocked", "The checks stand in the way of a plan.", {
      remedy: "Mend what the checks name, then check again.",
    });
  }
  const plan = Plan.parse(JSON.parse(row.body));
  return outageEstimate(plan, await pastRuns(plan.deploymentId, null), sizesOf(row.facts));
}

/** The newest practice and the last upgrades that stopped something, the newest first. */
async function pastRuns(deploymentId: DeploymentId, except: RunId | null): Promise<RunState[]> {
  const newest = (where: object, take: number) =>
    db().run.findMany({
      where: { deploymentId, ...(except ? { id: { not: except } } : {}), ...where },
      orderBy: { createdAt: "desc" },
      take,
      select: { id: true, createdAt: true },
    });
  const [practices, upgrades] = await Promise.all([
    newest({ purpose: "practice", status: "succeeded" }, 1),
    newest({ t1: { not: null } }, looked),
  ]);
  const rows = [...practices, ...upgrades].sort(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  );
  return Promise.all(rows.map(({ id }) => readState(id as RunId)));
}

/** @param text the facts of a plan as they are stored; empty when there are none */
function sizesOf(text: string): Sizes {
  if (text === "") return new Map();
  return new Map(
    DeploymentFacts.parse(JSON.parse(text)).servers.flatMap((server) =>
      server.databases.flatMap(({ name, bytes }) =>
        bytes === null ? [] : [[sizeKey(server, name), bytes] as const],
      ),
    ),
  );
}
