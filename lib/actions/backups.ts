"use server";

import type { BackupCheck } from "#lib/domain/backup-check.ts";
import { RunId } from "#lib/domain/ids.ts";
import { checkBackup } from "#lib/services/check-backup.ts";
import { type ActionResult, act } from "./session.ts";

/** Has a backup's files read again on their node. */
export async function checkBackupAction(
  runId: string,
  key: string,
): Promise<ActionResult<BackupCheck>> {
  return act((actor) => checkBackup(actor, RunId.parse(runId), String(key)));
}
