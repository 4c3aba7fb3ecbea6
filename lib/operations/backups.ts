import { z } from "zod";
import { Backup } from "#lib/domain/backup.ts";
import { BackupCheck } from "#lib/domain/backup-check.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentId, RunId } from "#lib/domain/ids.ts";
import { readBackups } from "#lib/services/backup-rows.ts";
import { proveBackup } from "#lib/services/check-backup.ts";
import { removeBackups } from "#lib/services/delete-backups.ts";
import { type Download, openBackup } from "#lib/services/download-backup.ts";
import { notFound } from "#lib/services/refusals.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { BackupRow } from "#lib/services/views.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { operation, typed } from "./operation.ts";

const ofBackup = z.object({ runId: RunId, key: z.string() });

/** The dumps that runs have made, newest first. */
export const listBackups = operation({
  name: "backups.list",
  permission: "run.read",
  input: z.object({ deploymentId: DeploymentId.optional() }).default({}),
  output: z.array(BackupRow),
  run: (_actor, filter) => readBackups(filter),
});

/** Runs whose dumps are on one page. */
const backupRunsPerPage = 10;

/** A page of the dumps that runs have made, newest run first. */
export const backupPage = operation({
  name: "backups.page",
  permission: "run.read",
  input: z.object({ deploymentId: DeploymentId.nullable(), page: z.number().int().min(1) }),
  output: z.object({
    /** The dumps of this page's runs, newest run first. */
    rows: z.array(BackupRow),
    /** Runs that have made dumps, on all pages, and those on one. */
    runs: z.number(),
    perPage: z.number(),
    /** What is still on the nodes, on all pages; bytes are those of the dumps, without their second files. */
    kept: z.object({ dumps: z.number(), bytes: z.number(), unproven: z.number() }),
  }),
  async run(_actor, { deploymentId, page }) {
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
      rows: runIds.length === 0 ? [] : await readBackups({ runIds }),
      runs: groups.length,
      perPage: backupRunsPerPage,
      kept: { dumps: kept._count, bytes: Number(kept._sum.bytes ?? 0), unproven },
    };
  },
});

/**
 * Reads a backup's files again on their node and keeps what came of it, with a line in the audit.
 * A node that cannot be asked is a result, too.
 *
 * @throws UpliftError not_found
 */
export const checkBackup = operation({
  name: "backups.check",
  permission: "backup.check",
  input: ofBackup,
  output: BackupCheck,
  async run(actor, { runId, key }) {
    const row = await db().backup.findUnique({ where: { runId_key: { runId, key } } });
    if (!row) {
      throw new UpliftError("not_found", `Run ${runId} has no backup ${key}.`, {
        remedy: "Open the list of backups.",
      });
    }
    const verdict = await proveBackup(Backup.parse(JSON.parse(row.body)));
    const at = new Date();
    const { userId, name } = actor;
    const check: BackupCheck = { ...verdict, at: at.toISOString(), by: { userId, name } };
    await transaction(async (tx) => {
      await tx.backup.update({
        where: { runId_key: { runId, key } },
        data: { checkedAt: at, check: JSON.stringify(check) },
      });
      await audit(tx, actor, "backup.check", { type: "run", id: runId }, { key, ...verdict });
    });
    return check;
  },
});

/**
 * A file of a backup, streamed from its node, or from its second copy.
 * @throws UpliftError not_found, backup.deleted; what is wrong on the way while it is read
 */
export const downloadBackup = operation({
  name: "backups.download",
  permission: "backup.download",
  input: ofBackup.extend({
    index: z.union([z.number(), z.string().regex(/^\d$/).transform(Number)]),
    place: z.enum(["original", "copy"]).catch("original"),
  }),
  output: typed<Download>(),
  run: (actor, { runId, key, index, place }) => openBackup(actor, runId, key, index, place),
});

/**
 * Deletes the files of all backups of a run, on their nodes and where their second copies are.
 * @throws UpliftError backup.needed, not_found; ssh.* and command.failed when a file could not be removed
 */
export const deleteBackups = operation({
  name: "backups.delete",
  permission: "backup.delete",
  input: z.object({
    runId: RunId,
    /** The deployment's name, as the person typed it. */
    confirmation: z.string(),
    reason: z.string().trim().min(1, "Give a reason; the audit keeps it.").max(2_000),
  }),
  output: z.void(),
  async run(actor, { runId, confirmation, reason }) {
    const run = await db().run.findUnique({ where: { id: runId }, include: { deployment: true } });
    if (!run) throw notFound("run", runId);
    if (confirmation.trim() !== run.deployment.name) {
      throw new RequestInvalid([
        { path: "confirmation", message: `Type the deployment's name, ${run.deployment.name}.` },
      ]);
    }
    await removeBackups(actor, runId, DeploymentId.parse(run.deploymentId), reason);
  },
});
