import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { checkBackup } from "#lib/services/check-backup.ts";

/** Has a backup's files read again on their node. */
export const POST = endpoint<{ runId: string; key: string }>(({ actor, params }) =>
  checkBackup(actor, idParam(RunId, params.runId), params.key),
);
