import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { RunId } from "#lib/domain/ids.ts";
import { deleteBackups } from "#lib/services/delete-backups.ts";

/** Deletes the files of a run's backups: `{ confirmation, reason }`. */
export const POST = endpoint<{ runId: string }>(({ actor, params, body }) =>
  deleteBackups(actor, idParam(RunId, params.runId), body),
);
