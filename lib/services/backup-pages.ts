import type { DeploymentId } from "#lib/domain/ids.ts";
import { RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { db } from "#lib/store/client.ts";
import { listBackups } from "./backups.ts";
import { permit } from "./permit.ts";
import type { BackupRow } from "./views.ts";

/** Runs whose dumps are on one page. */
export const backupRunsPerPage = 10;

export interface BackupPage {
  /** The dumps of this page's runs, newest run first. */
  rows: BackupRow[];
  /** Runs that have made dumps, on all pages. */
  runs: number;
  /** What is still on the nodes, on all pages; bytes are those of the dumps, without their second files. */
  kept: { dumps: number; bytes: number; unproven: number };
}

/** A page of the dumps that runs have made, newest run first. @throws UpliftError forbidden */
export async function backupPage(
  actor: Actor,
  { deploymentId, page }: { deploymentId: DeploymentId | null; page: number },
): Promise<BackupPage> {
  permit(actor, "run.read");
  const where = deploymentId === null ? {} : { deploymentId };
  const [groups, kept, unproven] = await Promise.all([
    db().backup.groupBy({
      by: ["runId"],
      where,
      _max: { createdAt: true },
      orderBy: [{ _max: { createdAt: "desc" } }, { runId: "asc" }],
    }),
    db().backup.aggregate({
      where: { ...where, deletedAt: null },
      _count: true,
      _sum: { bytes: true },
    }),
    db().backup.count({ where: { ...where, deletedAt: null, proven: false } }),
  ]);
  const shown = groups.slice((page - 1) * backupRunsPerPage, page * backupRunsPerPage);
  const runIds = shown.map(({ runId }) => RunId.parse(runId));
  return {
    rows: runIds.length === 0 ? [] : await listBackups(actor, { runIds }),
    runs: groups.length,
    kept: { dumps: kept._count, bytes: Number(kept._sum.bytes ?? 0), unproven },
  };
}
