import { hostname } from "node:os";
import { config } from "#lib/config/config.ts";
import type { Dashboard, LockStanding, SeenLock } from "#lib/domain/lock.ts";
import { hasEnded, runStatuses } from "#lib/domain/run.ts";
import { db } from "#lib/store/client.ts";
import { installationId } from "#lib/store/installation.ts";

/** This installation, as it names itself in locks on hosts. */
export async function dashboard(): Promise<Dashboard> {
  return { installation: await installationId(), host: hostname(), url: config().origin };
}

/** What a lock on a host means here: whose run it is of, and whether that is over. */
export async function lockStanding({ holder }: SeenLock): Promise<LockStanding> {
  if (holder?.dashboard.installation !== (await installationId())) return "foreign";
  const run = await db().run.findUnique({
    where: { id: holder.runId },
    select: { status: true },
  });
  // An older copy of the database does not know what its lock was for.
  if (!run) return "foreign";
  return runStatuses.some((status) => status === run.status && hasEnded(status))
    ? "own-ended"
    : "own-active";
}
