import {
  judgeRetention,
  type RetentionPolicy,
  type RetentionVerdict,
  type RunOfBackups,
} from "#lib/domain/backup-retention.ts";
import { DeploymentId, RunId } from "#lib/domain/ids.ts";
import { DeploymentSettings } from "#lib/domain/inventory.ts";
import { RunPurpose } from "#lib/domain/plan.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import { db, type Tx } from "#lib/store/client.ts";

/** What a deployment's settings say of its backups; also of one that was deleted. */
export async function retentionOf(
  deploymentId: DeploymentId,
  tx: Pick<Tx, "deployment"> = db(),
): Promise<RetentionPolicy & { byItself: boolean }> {
  const row = await tx.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  const settings = DeploymentSettings.parse(JSON.parse(row.settings));
  const { keepBackups: keepNewest, keepBackupDays: keepDays, deleteBackups } = settings;
  return { keepNewest, keepDays, byItself: deleteBackups === "by-itself" };
}

/** For each run of a deployment that has backups, whether they may be deleted. */
export async function judgeDeployment(
  deploymentId: DeploymentId,
  now: number,
  tx: Pick<Tx, "deployment" | "run"> = db(),
): Promise<Map<RunId, RetentionVerdict>> {
  const runs = await tx.run.findMany({
    where: { deploymentId },
    select: {
      ...{ id: true, purpose: true, createdAt: true, status: true, t1: true },
      backups: { where: { deletedAt: null }, select: { key: true }, take: 1 },
    },
  });
  const seen = runs.map(
    ({ id, purpose, createdAt, status, t1, backups }): RunOfBackups => ({
      runId: RunId.parse(id),
      deploymentId,
      purpose: RunPurpose.parse(purpose),
      createdAt: createdAt.toISOString(),
      status: status as RunStatus,
      stopped: t1 !== null,
      hasBackups: backups.length > 0,
    }),
  );
  return judgeRetention(seen, await retentionOf(deploymentId, tx), now);
}

/** The deployments that have backups. */
export async function deploymentsWithBackups(): Promise<DeploymentId[]> {
  const rows = await db().backup.findMany({
    where: { deletedAt: null },
    distinct: ["deploymentId"],
    select: { deploymentId: true },
  });
  return rows.map((row) => DeploymentId.parse(row.deploymentId));
}
