import { UpliftError } from "#lib/domain/errors.ts";
import type { PlanId, RunId } from "#lib/domain/ids.ts";
import { Plan } from "#lib/domain/plan.ts";
import { db, type Tx } from "./client.ts";

/** The plan with this id, as it was reviewed. @throws UpliftError not_found, plan.blocked */
export async function readPlan(tx: Pick<Tx, "plan">, id: PlanId): Promise<PlanRow> {
  const row = await tx.plan.findUnique({ where: { id } });
  if (!row) {
    throw new UpliftError("not_found", `There is no plan ${id}.`, { remedy: "Make a new plan." });
  }
  if (row.body === "") {
    throw new UpliftError("plan.blocked", "The checks of this plan failed, so it has no steps.", {
      remedy: "Put right what the checks page names, then make a new plan.",
    });
  }
  return { plan: Plan.parse(JSON.parse(row.body)), hash: row.hash, runId: row.runId };
}

export interface PlanRow {
  plan: Plan;
  hash: string;
  runId: string | null;
}

export const planById = async (id: PlanId): Promise<Plan> => (await readPlan(db(), id)).plan;

/** Marks a plan as used by a run; a plan is used once. @throws UpliftError plan.used */
export async function markPlanUsed(tx: Tx, id: PlanId, runId: RunId): Promise<void> {
  const { count } = await tx.plan.updateMany({ where: { id, runId: null }, data: { runId } });
  if (count !== 1) {
    throw new UpliftError("plan.used", "This plan was used by a run already, or is gone.", {
      remedy: "Make a new plan: what it would do now may differ.",
    });
  }
}
