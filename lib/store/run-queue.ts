import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentId, type PlanId, RunId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import { db } from "./client.ts";
import { planById } from "./plans.ts";
import type { Claim, RunQueue } from "./types.ts";

const wantEngine: RunStatus[] = ["queued", "running", "rolling-back"];

export class PrismaRunQueue implements RunQueue {
  async runnable(): Promise<RunId[]> {
    const rows = await db().run.findMany({
      where: {
        OR: [{ status: { in: wantEngine } }, { commands: { some: { consumedAt: null } } }],
      },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    return rows.map(({ id }) => RunId.parse(id));
  }

  async claim(runId: RunId, worker: string): Promise<Claim> {
    // One statement: two claimers get different generations, and the later one holds the run.
    const [row] = await db().run.updateManyAndReturn({
      where: { id: runId },
      data: { worker, generation: { increment: 1 } },
      select: { generation: true },
    });
    if (!row) throw noSuchRun(runId);
    return { runId, worker, generation: row.generation };
  }

  plan(planId: PlanId): Promise<Plan> {
    return planById(planId);
  }

  async deploymentOf(runId: RunId): Promise<DeploymentId> {
    const run = await db().run.findUnique({
      where: { id: runId },
      select: { deploymentId: true },
    });
    if (!run) throw noSuchRun(runId);
    return DeploymentId.parse(run.deploymentId);
  }
}

function noSuchRun(runId: RunId): UpliftError {
  return new UpliftError("not_found", `There is no run ${runId}.`, {
    remedy: "Open the list of runs.",
  });
}
