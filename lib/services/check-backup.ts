import { proveFiles, readFileReports } from "#lib/commands/dump-reports.ts";
import { dumpExit } from "#lib/commands/dump-scripts.ts";
import type { Backup } from "#lib/domain/backup.ts";
import { type BackupVerdict, judgeBackup } from "#lib/domain/backup-check.ts";
import { errorInfo } from "#lib/domain/errors.ts";
import { access } from "./access.ts";

/** A dump of several GiB is read from a slow disk in this time, milliseconds. */
const deadlineMs = 30 * 60_000;

/** What the files themselves are to blame for; all else says nothing about them. */
const complaints: ReadonlySet<number> = new Set([
  dumpExit.empty,
  dumpExit.cutShort,
  dumpExit.unreadable,
  dumpExit.elsewhere,
]);

/** Reads a backup's files again on their node. A node that cannot be asked is a result, too. */
export async function proveBackup(backup: Backup): Promise<BackupVerdict> {
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
