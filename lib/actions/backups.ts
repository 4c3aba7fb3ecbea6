"use server";

import type { BackupCheck } from "#lib/domain/backup-check.ts";
import { RunId } from "#lib/domain/ids.ts";
import { checkBackup } from "#lib/services/check-backup.ts";
import { deleteBackups } from "#lib/services/delete-backups.ts";
import { type ActionResult, act } from "./session.ts";

/** Has a backup's files read again on their node. */
export async function checkBackupAction(
  runId: string,
  key: string,
): Promise<ActionResult<BackupCheck>> {
  return act((actor) => checkBackup(actor, RunId.parse(runId), String(key)));
}

/** Deletes the files of a run's backups. */
export async function deleteBackupsAction(
  runId: string,
  input: { confirmation: string; reason: string },
): Promise<ActionResult<void>> {
  return act((actor) => deleteBackups(actor, RunId.parse(runId), input));
}
