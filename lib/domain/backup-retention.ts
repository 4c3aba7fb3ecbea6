import type { DeploymentId, RunId } from "./ids.ts";
import type { Text } from "./message.ts";
import { RunPurpose } from "./plan.ts";
import { hasEnded, type RunStatus } from "./run.ts";

/** How long a deployment's backups are kept; a backup goes only when both allow it. */
export interface RetentionPolicy {
  /** The backups of so many runs stay, the newest ones; practice backups are counted by themselves. */
  keepNewest: number;
  /** Backups younger than this stay, days. */
  keepDays: number;
}

/** What of a run matters to its backups. */
export interface RunOfBackups {
  runId: RunId;
  deploymentId: DeploymentId;
  purpose: RunPurpose;
  createdAt: string;
  status: RunStatus;
  /** Whether a container was stopped: the run has changed its deployment. */
  stopped: boolean;
  /** Whether it made dumps that have not been deleted. */
  hasBackups: boolean;
}

/** Whether a run's backups may be deleted. */
export type RetentionVerdict =
  /** A rollback that is possible now, or under way, needs them. */
  | { keep: "needed"; by: RunId; why: Text }
  | { keep: "policy"; why: Text }
  | { keep: "no"; why: Text };

const dayMs = 24 * 3_600_000;

/**
 * Judges the backups of each run of one deployment that has some: those that a possible rollback needs are kept whatever
 * the policy says. Pure.
 */
export function judgeRetention(
  runs: readonly RunOfBackups[],
  policy: RetentionPolicy,
  now: number,
): Map<RunId, RetentionVerdict> {
  const newestFirst = runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  // A practice must not take the place of what an upgrade has left.
  const ranks = new Map(
    RunPurpose.options.flatMap((wanted) =>
      newestFirst
        .filter(({ hasBackups, purpose }) => hasBackups && purpose === wanted)
        .map(({ runId }, index): [RunId, number] => [runId, index]),
    ),
  );
  return new Map(
    newestFirst.flatMap((run): [RunId, RetentionVerdict][] => {
      const rank = ranks.get(run.runId);
      if (rank === undefined) return [];
      const why = whyNeeded(run, newestFirst);
      if (why !== null) return [[run.runId, { keep: "needed", by: run.runId, why }]];
      return [[run.runId, byPolicy(run, rank, policy, now)]];
    }),
  );
}

/**
 * Why a rollback of this run may still want its backups, or null. A run can be rolled back until it was,
 * and while no later run has changed the deployment; a later one that is still under way may yet be
 * undone itself.
 */
function whyNeeded(run: RunOfBackups, runs: readonly RunOfBackups[]): string | null {
  if (!hasEnded(run.status)) return `Run ${run.runId} is not over.`;
  if (run.status === "rolled-back" || !run.stopped) return null;
  const later = runs.filter(
    (other) => other.createdAt > run.createdAt && other.stopped && other.status !== "rolled-back",
  );
  const open = later.find(({ status }) => !hasEnded(status));
  if (open) return `Run ${run.runId} could be rolled back once run ${open.runId} has been.`;
  return later.length > 0 ? null : `Run ${run.runId} can still be rolled back.`;
}

function byPolicy(
  { createdAt, purpose }: RunOfBackups,
  rank: number,
  { keepNewest, keepDays }: RetentionPolicy,
  now: number,
): RetentionVerdict {
  const newest = `the newest ${keepNewest}${purpose === "practice" ? " practice backups" : ""}`;
  if (rank < keepNewest) {
    return { keep: "policy", why: `Among ${newest} that are kept.` };
  }
  const days = Math.floor((now - Date.parse(createdAt)) / dayMs);
  if (days < keepDays) {
    return { keep: "policy", why: `${days} days old; kept for ${keepDays}.` };
  }
  return {
    keep: "no",
    why: `${days} days old, and not among ${newest}; no rollback needs it.`,
  };
}
