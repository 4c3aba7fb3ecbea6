import type { RunState } from "#lib/domain/run.ts";
import type { Tx } from "./client.ts";
import { adoptUpgrade, revertUpgrade } from "./deployed-version.ts";
import type { Prepared } from "./run-events.ts";

const time = (text: string | undefined | null): Date | null => (text ? new Date(text) : null);

/** The columns of a run's row that repeat what its journal says, for lists and queries. */
export function cachesOf(state: RunState) {
  return {
    status: state.status,
    leg: state.leg,
    lastSeq: state.seq,
    pausedFor: state.pause?.reason ?? null,
    t1: time(state.marks.T1?.time),
    t2: time(state.marks.T2?.time),
    t3: time(state.marks.T3?.time),
    endedAt: time(state.endedAt),
  };
}

/**
 * The deployment that the run holds after these events: the unique index on this column is the lock
 * "one run per deployment". Undefined: no change.
 */
export function holdAfter({ events, after }: Prepared): string | null | undefined {
  let hold: string | null | undefined;
  for (const { body } of events) {
    if (body.type === "leg.started") hold = after.deploymentId;
    if (
      body.type === "run.succeeded" ||
      body.type === "run.rolled-back" ||
      body.type === "run.abandoned"
    ) {
      hold = null;
    }
  }
  return hold;
}

/** Writes what events mean for other tables: plans used, dumps, and what is deployed now. */
export async function writeConsequences(tx: Tx, prepared: Prepared): Promise<void> {
  const changed = new Set<string>();
  for (const { body } of prepared.events) {
    switch (body.type) {
      case "backup.recorded":
        changed.add(body.backup.key);
        break;
      case "backup.proven":
      case "backup.rehearsed":
        changed.add(body.key);
        break;
      case "run.succeeded":
        if (prepared.after.purpose === "upgrade") await adoptUpgrade(tx, prepared.after);
        break;
      case "run.rolled-back":
        await revertUpgrade(tx, prepared.after);
        break;
      default:
    }
  }
  for (const backup of prepared.after.backups) {
    if (!changed.has(backup.key)) continue;
    const { runId, deploymentId } = prepared.after;
    const row = {
      database: backup.database,
      deploymentId,
      role: backup.role,
      nodeId: backup.nodeId,
      path: backup.data.path,
      bytes: BigInt(backup.data.bytes),
      sha256: backup.data.sha256,
      proven: backup.proven,
      body: JSON.stringify(backup),
    };
    const id = { runId, key: backup.key };
    await tx.backup.upsert({
      where: { runId_key: id },
      create: { ...id, ...row },
      update: row,
    });
  }
}
