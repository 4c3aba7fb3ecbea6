import { z } from "zod";
import { NodeId, RunId } from "#lib/domain/ids.ts";
import { type Text, toStored } from "#lib/domain/message.ts";
import { hasEnded, type RunStatus, runStatuses } from "#lib/domain/run.ts";
import { db, type Tx, transaction } from "./client.ts";
import type { Leftover, LeftoverQuery, Leftovers } from "./types.ts";

const ended: RunStatus[] = runStatuses.filter(hasEnded);

/** Rows of one answer, and runs that are looked at anew for it. */
const mostRows = 200;
const mostRuns = 50;

/** The hosts of a plan's canonical JSON; the rest is not needed here. */
const PlanHosts = z.object({ hosts: z.array(z.object({ nodeId: NodeId })) });

export class PrismaLeftovers implements Leftovers {
  async due({ runId, now, retentionMs, retryMs }: LeftoverQuery): Promise<Leftover[]> {
    const overdue = new Date(now - retentionMs);
    await adopt(runId);
    const rows = await db().leftover.findMany({
      where: {
        run: { status: { in: ended } },
        AND: [
          runId
            ? { runId }
            : { OR: [{ triedAt: null }, { triedAt: { lte: new Date(now - retryMs) } }] },
          {
            OR: [
              { lockReleasedAt: null },
              { scratchDroppedAt: null },
              { jobsRemovedAt: null, run: { endedAt: { lte: overdue } } },
            ],
          },
        ],
      },
      // Those that were tried longest ago come first: one dead host does not keep others waiting.
      orderBy: [{ triedAt: { sort: "asc", nulls: "first" } }, { runId: "asc" }],
      take: mostRows,
      include: { run: { select: { generation: true, endedAt: true } } },
    });
    return rows.map((row) => ({
      runId: RunId.parse(row.runId),
      nodeId: NodeId.parse(row.nodeId),
      generation: row.run.generation,
      lock: row.lockReleasedAt === null,
      jobs: row.jobsRemovedAt === null && row.run.endedAt !== null && row.run.endedAt <= overdue,
      scratch: row.scratchDroppedAt === null,
    }));
  }

  async settle(
    { runId, nodeId, generation }: Leftover,
    gone: { lock: boolean; jobs: boolean; scratch: boolean },
    trouble: Text | null,
  ): Promise<void> {
    const now = new Date();
    // A run that has begun its rollback meanwhile leaves things anew.
    await db().leftover.updateMany({
      where: { runId, nodeId, run: { generation } },
      data: {
        ...(gone.lock ? { lockReleasedAt: now } : {}),
        ...(gone.jobs ? { jobsRemovedAt: now } : {}),
        ...(gone.scratch ? { scratchDroppedAt: now } : {}),
        triedAt: now,
        trouble: trouble && toStored(trouble),
      },
    });
  }
}

/** Notes the hosts of runs that have ended and were not looked at before. */
async function adopt(runId: RunId | undefined): Promise<void> {
  const runs = await db().run.findMany({
    where: { ...(runId ? { id: runId } : {}), status: { in: ended }, leftovers: { none: {} } },
    orderBy: { createdAt: "asc" },
    take: mostRuns,
    select: { id: true },
  });
  for (const { id } of runs) {
    const plan = await db().plan.findFirst({ where: { runId: id, leg: "forward" } });
    const hosts = plan ? PlanHosts.parse(JSON.parse(plan.body)).hosts : [];
    await transaction(async (tx) => {
      if ((await tx.leftover.count({ where: { runId: id } })) > 0) return;
      await tx.leftover.createMany({ data: hosts.map(({ nodeId }) => ({ runId: id, nodeId })) });
    });
  }
}

/** A leg that begins takes the locks again and leaves new job directories. */
export async function forgetCleanUp(tx: Tx, runId: RunId): Promise<void> {
  await tx.leftover.updateMany({
    where: { runId },
    data: {
      ...{ lockReleasedAt: null, jobsRemovedAt: null, scratchDroppedAt: null },
      ...{ triedAt: null, trouble: null },
    },
  });
}
