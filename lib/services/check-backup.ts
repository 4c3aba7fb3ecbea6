import { proveFiles, readFileReports } from "#lib/commands/dump-reports.ts";
import { dumpExit } from "#lib/commands/dump-scripts.ts";
import { Backup } from "#lib/domain/backup.ts";
import { type BackupCheck, type BackupVerdict, judgeBackup } from "#lib/domain/backup-check.ts";
import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { access } from "./access.ts";
import { permit } from "./permit.ts";

/** A dump of several GiB is read from a slow disk in this time, milliseconds. */
const deadlineMs = 30 * 60_000;

/**
 * Reads a backup's files again on their node and keeps what came of it, with a line in the audit.
 * A node that cannot be asked is a result, too.
 *
 * @throws UpliftError not_found, forbidden
 */
export async function checkBackup(actor: Actor, runId: RunId, key: string): Promise<BackupCheck> {
  permit(actor, "backup.check");
  const row = await db().backup.findUnique({ where: { runId_key: { runId, key } } });
  if (!row) {
    throw new UpliftError("not_found", `Run ${runId} has no backup ${key}.`, {
      remedy: "Open the list of backups.",
    });
  }
  const verdict = await look(Backup.parse(JSON.parse(row.body)));
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
}

/** What the files themselves are to blame for; all else says nothing about them. */
const complaints: ReadonlySet<number> = new Set([
  dumpExit.empty,
  dumpExit.cutShort,
  dumpExit.unreadable,
  dumpExit.elsewhere,
]);

async function look(backup: Backup): Promise<BackupVerdict> {
  const { data, objects, nodeId } = backup;
  const files = [data, ...(objects ? [objects] : [])];
  try {
    const host = await access.host(nodeId);
    const result = await host.exec(proveFiles(files), { timeoutMs: deadlineMs });
    const missing = result.code === dumpExit.missing;
    const known = missing || complaints.has(result.code ?? -1);
    if (result.code !== 0 && !known) {
      return {
        result: "unknown",
        detail: `The node answered: ${result.stderr.trim() || "nothing"}`,
      };
    }
    return judgeBackup(backup, {
      files: readFileReports(result.stdout),
      complaint: known ? { missing, text: result.stderr } : null,
    });
  } catch (error) {
    const { message, remedy } = errorInfo(error);
    return { result: "unknown", detail: `${message} ${remedy}` };
  }
}
