import type { Backup } from "#lib/domain/backup.ts";
import type { BackupCheck } from "#lib/domain/backup-check.ts";
import type { BackupDeletion, CopyView } from "#lib/domain/backup-copy.ts";
import type { RetentionVerdict } from "#lib/domain/backup-retention.ts";
import type { Check, ServerFacts } from "#lib/domain/facts.ts";
import type { DeploymentId, NodeId, PlanId, RunId } from "#lib/domain/ids.ts";
import type { LockStanding, SeenLock } from "#lib/domain/lock.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Leg, Plan, RunPurpose, UpgradeTarget } from "#lib/domain/plan.ts";
import type { RunState, RunStatus } from "#lib/domain/run.ts";

/** A plan with the checks it rests on, as pages and the API show it. */
export interface PlanView {
  id: PlanId;
  leg: Leg;
  deploymentId: DeploymentId;
  deploymentName: string;
  createdAt: string;
  createdBy: string;
  target: UpgradeTarget | null;
  checks: Check[];
  /** False when a check failed or stayed unknown: `plan` is null then. */
  passes: boolean;
  plan: Plan | null;
  hash: string;
  /** The run that used it; a plan is used once. */
  runId: RunId | null;
  /** The deployment has changed since. */
  outdated: boolean;
}

/** A line of a list of runs. */
export interface RunRow {
  id: RunId;
  deploymentId: DeploymentId;
  deploymentName: string;
  purpose: RunPurpose;
  fromVersion: string;
  toVersion: string;
  status: RunStatus;
  leg: Leg;
  /** Number of its journal's last event. */
  lastSeq: number;
  /** Why it waits, when it is paused. */
  pausedFor: string | null;
  startedBy: string;
  createdAt: string;
  endedAt: string | null;
  t1: string | null;
  t2: string | null;
  t3: string | null;
}

/** A run with its plans: all that a page needs before it follows the feed. */
export interface RunView {
  row: RunRow;
  state: RunState;
  /** The plans of the legs that were started, forward first. */
  plans: Plan[];
  /** Number of the last log piece stored when this was read. */
  logSeq: number;
  /** The server's clock, milliseconds. */
  now: number;
}

/** A backup with what is needed to find it. */
export interface BackupRow {
  runId: RunId;
  deploymentId: DeploymentId;
  deploymentName: string;
  nodeName: string;
  createdAt: string;
  backup: Backup;
  /** The last time that its files were read again, if ever. */
  check: BackupCheck | null;
  /** The second copy, where the deployment wants one. */
  copy: CopyView | null;
  /** Who deleted its files, and when. */
  deleted: (BackupDeletion & { at: string }) | null;
  /** Whether its run's backups may be deleted; null: they are. */
  retention: RetentionVerdict | null;
}

/** Who holds a node now; `lock` is null when nobody does, or when the node could not be asked. */
export interface HostLock {
  nodeId: NodeId;
  name: string;
  lock: (SeenLock & { standing: LockStanding }) | null;
  trouble: Text | null;
}

/** What became of the wish to break a node's lock. */
export interface BreakResult {
  nodeId: NodeId;
  name: string;
  broken: boolean;
  why: Text | null;
}

/** What a look at the nodes tells now. */
export interface LiveNode {
  nodeId: NodeId;
  name: string;
  healthy: boolean | null;
  running: boolean | null;
  image: string | null;
  skewMs: number | null;
  /** What kept the look from being complete. */
  trouble: Text | null;
  /** The first of the looks in a row, this one included, that got no answer; ISO 8601. Null: it answered. */
  unreachableSince: string | null;
}

export interface LiveDeployment {
  seenAt: string;
  nodes: LiveNode[];
  ha: boolean | null;
  metadb: { version: string | null; tls: ServerFacts["tls"]; trouble: Text | null };
}
