import { Backup } from "#lib/domain/backup.ts";
import { BackupCheck } from "#lib/domain/backup-check.ts";
import { DeploymentId, PlanId, RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { db } from "#lib/store/client.ts";
import { planById } from "#lib/store/plans.ts";
import { permit } from "./permit.ts";
import type { BackupRow } from "./views.ts";

/** Dumps are few (some per run); a list longer than this would not be read either. */
const atMost = 500;

/** The dumps that runs have made, newest first. @throws UpliftError forbidden */
export async function listBackups(
  actor: Actor,
  filter: { deploymentId?: DeploymentId } = {},
): Promise<BackupRow[]> {
  permit(actor, "run.read");
  const { deploymentId } = filter;
  const rows = await db().backup.findMany({
    where: deploymentId ? { deploymentId } : {},
    orderBy: [{ createdAt: "desc" }, { key: "asc" }],
    take: atMost,
    include: { run: { select: { deployment: { select: { name: true } } } } },
  });
  const names = await nodeNames([...new Set(rows.map((row) => row.runId))]);
  return rows.map((row) => ({
    runId: RunId.parse(row.runId),
    deploymentId: DeploymentId.parse(row.deploymentId),
    deploymentName: row.run.deployment.name,
    nodeName: names.get(`${row.runId} ${row.nodeId}`) ?? row.nodeId,
    createdAt: row.createdAt.toISOString(),
    backup: Backup.parse(JSON.parse(row.body)),
    check: row.check === null ? null : BackupCheck.parse(JSON.parse(row.check)),
  }));
}

/** Names of the nodes by run and id, as the run's own plan knew them: inventories change later. */
async function nodeNames(runIds: readonly string[]): Promise<Map<string, string>> {
  const used = await db().plan.findMany({
    where: { runId: { in: [...runIds] }, leg: "forward" },
    select: { id: true, runId: true },
  });
  const plans = await Promise.all(
    used.map(async ({ id, runId }) => ({ runId, plan: await planById(PlanId.parse(id)) })),
  );
  return new Map(
    plans.flatMap(({ runId, plan }) =>
      plan.hosts.map((host) => [`${runId} ${host.nodeId}`, host.name]),
    ),
  );
}
