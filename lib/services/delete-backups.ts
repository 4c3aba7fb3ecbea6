import { Backup } from "#lib/domain/backup.ts";
import type { BackupDeletion } from "#lib/domain/backup-copy.ts";
import { filesOf } from "#lib/domain/backup-files.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { type DeploymentId, NodeId, type RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { access } from "./access.ts";
import { nodePlace } from "./copy-places.ts";
import { removeCopies } from "./copy-rows.ts";
import { notFound } from "./refusals.ts";
import { deploymentsWithBackups, judgeDeployment, retentionOf } from "./retention.ts";

/** Deletes what has outlived its time where a deployment's settings say that Uplift does so by itself. */
export async function deleteOutlived(
  actor: Pick<Actor, "userId" | "name" | "via">,
  now: number,
): Promise<void> {
  for (const deploymentId of await deploymentsWithBackups()) {
    if (!(await retentionOf(deploymentId)).byItself) continue;
    for (const [runId, verdict] of await judgeDeployment(deploymentId, now)) {
      if (verdict.keep !== "no" || (await failedLately(runId, now))) continue;
      // One node that is down does not keep the others' backups; the audit has what was not deleted.
      await removeBackups(
        actor,
        runId,
        deploymentId,
        `By the deployment's settings: ${verdict.why}`,
      ).catch(() => undefined);
    }
  }
}

/** How long Uplift waits after it could not delete by itself: a node may be down for weeks. */
const againAfterMs = 24 * 60 * 60 * 1000;

/** Whether a deletion failed in the last day, whoever asked for it. The audit stays readable that way. */
async function failedLately(runId: RunId, now: number): Promise<boolean> {
  const failed = await db().auditEntry.findFirst({
    where: {
      ...{ targetType: "run", targetId: runId, action: "backup.not-deleted" },
      at: { gt: new Date(now - againAfterMs) },
    },
    select: { seq: true },
  });
  return failed !== null;
}

/**
 * Deletes the files of all backups of a run, on their nodes and where their second copies are. The rows
 * stay, with who and when. What a possible rollback needs cannot be deleted.
 *
 * @throws UpliftError backup.needed, not_found; ssh.* and command.failed when a file could not be removed, and then
 * the rows stay as they are
 */
export async function removeBackups(
  actor: Pick<Actor, "userId" | "name" | "via">,
  runId: RunId,
  deploymentId: DeploymentId,
  reason: string,
): Promise<void> {
  const target = { type: "run", id: runId } as const;
  const backups = await transaction(async (tx) => {
    const rows = await tx.backup.findMany({ where: { runId, deletedAt: null } });
    if (rows.length === 0) throw notFound("backup of run", runId);
    const verdict = (await judgeDeployment(deploymentId, Date.now(), tx)).get(runId);
    if (verdict?.keep === "needed") {
      throw new UpliftError("backup.needed", `${verdict.why} Its backups are needed for that.`, {
        remedy: "Delete them once the run is rolled back, or a later upgrade has taken its place.",
      });
    }
    const found = rows.map((row) => Backup.parse(JSON.parse(row.body)));
    const files = found.flatMap((one) => filesOf(one).map(({ path }) => path));
    // The audit knows of it before a file is gone.
    await audit(tx, actor, "backup.delete", target, { deploymentId, reason, files });
    return found;
  });
  try {
    const copies = await removeCopies(runId);
    await removeFrom(backups);
    const by = { userId: actor.userId, name: actor.name };
    const deletion: BackupDeletion = { by, reason };
    await transaction(async (tx) => {
      await tx.backup.updateMany({
        where: { runId, deletedAt: null },
        data: { deletedAt: new Date(), deletion: JSON.stringify(deletion) },
      });
      await audit(tx, actor, "backup.deleted", target, { deploymentId, copies });
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await transaction((tx) => audit(tx, actor, "backup.not-deleted", target, { why }));
    throw error;
  }
}

/** Removes the dumps themselves, node by node. */
async function removeFrom(backups: readonly Backup[]): Promise<void> {
  for (const [nodeId, here] of Map.groupBy(backups, (backup) => backup.nodeId)) {
    const place = nodePlace(await access.host(NodeId.parse(nodeId)));
    const paths = here.flatMap((backup) => filesOf(backup).map(({ path }) => path));
    for (const [directory, inside] of Map.groupBy(paths, directoryOf)) {
      await place.remove(inside, directory);
    }
  }
}

const directoryOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));
