import { z } from "zod";
import { Backup } from "#lib/domain/backup.ts";
import { BackupCheck } from "#lib/domain/backup-check.ts";
import { BackupDeletion, type CopyView } from "#lib/domain/backup-copy.ts";
import type { RetentionVerdict } from "#lib/domain/backup-retention.ts";
import { Check, ServerFacts } from "#lib/domain/facts.ts";
import { DeploymentId, NodeId, PlanId, PreflightId, RunId } from "#lib/domain/ids.ts";
import { LockStanding, SeenLock } from "#lib/domain/lock.ts";
import { Text } from "#lib/domain/message.ts";
import { Leg, Plan, RunPurpose, UpgradeTarget } from "#lib/domain/plan.ts";
import { type RunState, runStatuses } from "#lib/domain/run.ts";

/** ISO 8601 */
const time = z.iso.datetime();

/** A plan with the checks it rests on, as pages and the API show it. */
export const PlanView = z.object({
  id: PlanId,
  leg: Leg,
  deploymentId: DeploymentId,
  deploymentName: z.string(),
  createdAt: time,
  createdBy: z.string(),
  target: UpgradeTarget.nullable(),
  checks: z.array(Check),
  /** False when a check failed or stayed unknown: `plan` is null then. */
  passes: z.boolean(),
  plan: Plan.nullable(),
  hash: z.string(),
  /** The run that used it; a plan is used once. */
  runId: RunId.nullable(),
  /** The deployment has changed since. */
  outdated: z.boolean(),
});
export type PlanView = z.infer<typeof PlanView>;

/** A preflight in a list. */
export const PreflightRow = z.object({
  ...{ passed: z.number(), warnings: z.number(), failed: z.number(), unknown: z.number() },
  id: PreflightId,
  createdAt: time,
  createdBy: z.string(),
  tookMs: z.number(),
  /** The version it was made for; null for a look without a target. */
  version: z.string().nullable(),
  /** The plan it was made for, passed or not. */
  planId: PlanId.nullable(),
  /** The deployment has changed since. */
  outdated: z.boolean(),
});
export type PreflightRow = z.infer<typeof PreflightRow>;

export const PreflightView = PreflightRow.extend({
  deploymentId: DeploymentId,
  target: UpgradeTarget.nullable(),
  checks: z.array(Check),
});
export type PreflightView = z.infer<typeof PreflightView>;

/** A line of a list of runs. */
export const RunRow = z.object({
  id: RunId,
  deploymentId: DeploymentId,
  deploymentName: z.string(),
  purpose: RunPurpose,
  fromVersion: z.string(),
  toVersion: z.string(),
  status: z.enum(runStatuses),
  leg: Leg,
  /** Number of its journal's last event. */
  lastSeq: z.number(),
  /** Why it waits, when it is paused. */
  pausedFor: z.string().nullable(),
  startedBy: z.string(),
  createdAt: time,
  endedAt: time.nullable(),
  ...{ t1: time.nullable(), t2: time.nullable(), t3: time.nullable() },
});
export type RunRow = z.infer<typeof RunRow>;

/** A run with its plans: all that a page needs before it follows the feed. */
export const RunView = z.object({
  row: RunRow,
  state: z.custom<RunState>(),
  /** The plans of the legs that were started, forward first. */
  plans: z.array(Plan),
  /** Number of the last log piece stored when this was read. */
  logSeq: z.number(),
  /** The server's clock, milliseconds. */
  now: z.number(),
});
export type RunView = z.infer<typeof RunView>;

/** A backup with what is needed to find it. */
export const BackupRow = z.object({
  runId: RunId,
  deploymentId: DeploymentId,
  deploymentName: z.string(),
  nodeName: z.string(),
  createdAt: time,
  backup: Backup,
  /** The last time that its files were read again, if ever. */
  check: BackupCheck.nullable(),
  /** The second copy, where the deployment wants one. */
  copy: z.custom<CopyView | null>(),
  /** Who deleted its files, and when. */
  deleted: BackupDeletion.extend({ at: time }).nullable(),
  /** Whether its run's backups may be deleted; null: they are. */
  retention: z.custom<RetentionVerdict | null>(),
});
export type BackupRow = z.infer<typeof BackupRow>;

/** Who holds a node now; `lock` is null when nobody does, or when the node could not be asked. */
export const HostLock = z.object({
  nodeId: NodeId,
  name: z.string(),
  lock: SeenLock.extend({ standing: LockStanding }).nullable(),
  trouble: Text.nullable(),
});
export type HostLock = z.infer<typeof HostLock>;

/** What became of the wish to break a node's lock. */
export const BreakResult = z.object({
  nodeId: NodeId,
  name: z.string(),
  broken: z.boolean(),
  why: Text.nullable(),
});
export type BreakResult = z.infer<typeof BreakResult>;

/** What a look at the nodes tells now. */
export const LiveNode = z.object({
  nodeId: NodeId,
  name: z.string(),
  healthy: z.boolean().nullable(),
  running: z.boolean().nullable(),
  image: z.string().nullable(),
  skewMs: z.number().nullable(),
  /** What kept the look from being complete. */
  trouble: Text.nullable(),
  /** The first of the looks in a row, this one included, that got no answer. Null: it answered. */
  unreachableSince: time.nullable(),
});
export type LiveNode = z.infer<typeof LiveNode>;

export const LiveDeployment = z.object({
  seenAt: time,
  nodes: z.array(LiveNode),
  ha: z.boolean().nullable(),
  metadb: z.object({
    version: z.string().nullable(),
    tls: ServerFacts.shape.tls,
    trouble: Text.nullable(),
  }),
});
export type LiveDeployment = z.infer<typeof LiveDeployment>;
