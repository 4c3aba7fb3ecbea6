import type { DeploymentId, NodeId, SecretId } from "#lib/domain/ids.ts";
import type { Dashboard, LockStanding, SeenLock } from "#lib/domain/lock.ts";
import type { OtherDeployment } from "#lib/domain/metadb-use.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { SqlConnection } from "#lib/metadb/connect.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import type { CommandQueue, Journal, Leftovers, RunLog, RunQueue } from "#lib/store/types.ts";

/** Everything that the engine needs from the world; server.ts puts the real things together. */
export interface EnginePorts {
  readonly queue: RunQueue;
  readonly journal: Journal;
  readonly log: RunLog;
  readonly commands: CommandQueue;
  readonly leftovers: Leftovers;
  /** The host of a registered node, with its credentials as they are now. */
  host(nodeId: NodeId): Promise<RemoteHost>;
  secret(id: SecretId): Promise<Secret>;
  /** This installation, as its locks on hosts name it. */
  dashboard(): Promise<Dashboard>;
  /** What a lock that was found on a host means to this installation. */
  lockStanding(lock: SeenLock): Promise<LockStanding>;
  connectSql(to: SqlConnection): Promise<SqlSession>;
  /** The other deployments that are registered on the servers of a deployment, as they are now. */
  otherDeployments(id: DeploymentId): Promise<OtherDeployment[]>;
  /** Calls back when there may be a new run or a command for one; only a hint, there is a poll as well. */
  onWanted(listener: () => void): () => void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** For the operator of the dashboard, not for the audit. */
  report(message: string, error: unknown): void;
}

export interface EngineOptions {
  /** Name of this process in journals. */
  worker: string;
  /** Steps of one run at the same time. */
  parallelSteps: number;
  /** Steps of one run on the same host at the same time. */
  parallelStepsPerHost: number;
  /** Between two looks for work, milliseconds. */
  pollMs: number;
  /** How long a step waits for a host that gives no answer before it fails, milliseconds. */
  patienceMs: number;
  /** Tells this process from every other one on hosts, also from one on a copy of the database. */
  process: string;
  /** How long job directories stay on hosts after a run's end, milliseconds. */
  jobRetentionMs: number;
  /** Between two rounds of cleaning up, and between two tries on a host, milliseconds. */
  cleanUpEveryMs: number;
  cleanUpRetryMs: number;
}

export const defaultEngineOptions: Omit<EngineOptions, "worker" | "process"> = {
  parallelSteps: 32,
  parallelStepsPerHost: 4,
  pollMs: 1_000,
  patienceMs: 120_000,
  jobRetentionMs: 7 * 24 * 3_600_000,
  cleanUpEveryMs: 60_000,
  cleanUpRetryMs: 600_000,
};
