import type { Command } from "#lib/commands/command.ts";
import type { Backup } from "#lib/domain/backup.ts";
import type { ErrorCode } from "#lib/domain/errors.ts";
import type { HaAsk } from "#lib/domain/ha-ask.ts";
import type { NodeId, SecretId, StepId } from "#lib/domain/ids.ts";
import type { Text } from "#lib/domain/message.ts";
import type { OtherDeployment } from "#lib/domain/metadb-use.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { SqlRoute, StepKind, StepOfKind, StepParams, TimeMark } from "#lib/domain/step.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { HttpAnswer } from "#lib/remote/http-over.ts";
import type { ClockReading, ExecResult, JobResult, JobState } from "#lib/remote/types.ts";

export interface StepJob {
  nodeId: NodeId;
  /** What the audit shows for it: the command as a person would type it. */
  shown: Command;
  script: string;
  parameters: readonly string[];
  secrets: readonly Secret[];
  /** One more line for the script's standard input, which is no secret. */
  input?: string;
  /** The standard output so far, whenever more of it has come. */
  onStdout?: (stdout: string) => void;
}

export interface ExecOptions {
  timeoutMs?: number;
  /** What log and audit show for a command that carries a long script. */
  shown?: Command;
}

/** All that a step can do to the world. Everything done through it is journalled and logged. */
export interface StepContext<K extends StepKind> {
  readonly step: StepOfKind<K>;
  readonly params: StepParams<K>;
  readonly attempt: number;
  readonly plan: Plan;
  readonly signal: AbortSignal;
  /** The run as it is now. */
  state(): RunState;
  /** Milliseconds since the epoch, this process's clock. */
  now(): number;
  /** A host's name as the user gave it. */
  hostName(nodeId: NodeId): string;

  /**
   * Runs a short command on a host as root and journals it with its exit code. Like a job it runs only
   * while the host's lock is this run's. @throws UpliftError lock.*, run.generation_lost
   */
  exec(nodeId: NodeId, command: Command, options?: ExecOptions): Promise<ExecResult>;
  /** The same without a line in the audit, for looks that are repeated while waiting. */
  look(nodeId: NodeId, command: Command, options?: { timeoutMs?: number }): Promise<ExecResult>;
  /**
   * Runs this step's one job on a host, or attaches to it. A job of an earlier attempt that still
   * runs is attached to instead: two never run at once.
   */
  job(job: StepJob): Promise<JobResult>;
  /** What has become of this step's job of the present attempt. */
  jobState(nodeId: NodeId): Promise<JobState>;
  /**
   * Ends this step's job with all its processes, and one of an earlier attempt that it was attached
   * to; bars a job that was about to start. @throws UpliftError ssh.*, command.failed (one remains)
   */
  cancelJob(nodeId: NodeId): Promise<void>;
  /**
   * Ends the jobs of all attempts of another step of the run on a host, or of the earlier attempts of
   * this one, so that nothing of them comes to pass from now on; bars those that were about to start.
   * @throws UpliftError ssh.*, command.failed (one remains)
   */
  endJobsOf(stepId: StepId, nodeId: NodeId): Promise<void>;
  /** One session on a MySQL server through a node; statements are journalled. */
  sql<T>(route: SqlRoute, work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** The same for looks that are repeated while waiting: queries only, and no line in the audit. */
  watchSql<T>(
    route: SqlRoute,
    work: (session: Pick<SqlSession, "query">) => Promise<T>,
  ): Promise<T>;
  /** The other deployments that are registered on this one's servers, as they are now. */
  otherDeployments(): Promise<OtherDeployment[]>;
  /** A GET from the node to an address, over the SSH connection; certificates are not verified. */
  httpGet(
    nodeId: NodeId,
    url: { address: string; port: number; https: boolean; path: string },
  ): Promise<HttpAnswer>;
  /**
   * Takes the lock of a host for this run, or finds that the run holds it.
   * @throws UpliftError lock.held, run.generation_lost, ssh.*
   */
  lock(nodeId: NodeId): Promise<void>;
  clock(nodeId: NodeId): Promise<ClockReading>;
  secret(id: SecretId): Promise<Secret>;

  /** What the step is about to do; committed before the promise resolves. The probe reads it. */
  intend(intent: Record<string, unknown>): Promise<void>;
  /** The last committed intent of this step, of any attempt. */
  intent(): unknown;
  /** Records T1, T2 or T3 by the host's clock. */
  mark(mark: TimeMark, nodeId: NodeId, hostTimeMs: number): Promise<void>;
  progress(text: string, current?: number, total?: number): Promise<void>;
  /** Says what a person has to do before this step can go on. */
  awaitPerson(ask: HaAsk): Promise<void>;
  recordBackup(backup: Backup): Promise<void>;
  backupProven(key: string, manifest: NonNullable<Backup["manifest"]>): Promise<void>;
  backupRehearsed(key: string): Promise<void>;
  /** A line in the step's log. */
  note(text: string): void;
  /** The output of a step that has ended well. */
  outputOf(stepId: StepId): unknown;
}

export type StepOutput = Record<string, unknown>;

/** What a look at the real state says about a step that was interrupted. */
export type Probe =
  /** It has not happened and cannot happen any more by itself: run it again. */
  | { state: "absent" }
  /** It goes on, or its result waits: `run` under the same attempt picks it up. */
  | { state: "attach" }
  | { state: "done"; output: StepOutput }
  | {
      state: "unknown";
      why: Text;
      remedy: Text;
      /** The error with which a host gave no answer, if that is why. */
      silence?: { code: ErrorCode; host: string | undefined };
    };

/** How a kind of step is done, and how one finds out whether it was. */
export interface StepHandler<K extends StepKind> {
  readonly kind: K;
  /** True for steps that only look, or that end the same however often they run. */
  readonly repeatable: boolean;
  run(context: StepContext<K>): Promise<StepOutput>;
  /** Not asked of repeatable steps. */
  probe(context: StepContext<K>): Promise<Probe>;
  /**
   * Ends on the hosts what the step has begun there, because a person cancelled it. Null for a step
   * of which nothing goes on once nobody waits for it.
   *
   * @throws UpliftError when a host cannot be asked, or something could not be ended
   */
  readonly cancel: ((context: StepContext<K>) => Promise<void>) | null;
}

/** A handler for a step that may simply run again. */
export function repeatable<K extends StepKind>(
  kind: K,
  run: (context: StepContext<K>) => Promise<StepOutput>,
): StepHandler<K> {
  return { kind, repeatable: true, run, probe: async () => ({ state: "absent" }), cancel: null };
}

/**
 * What a step's job says, or null when the job was lost and the real state has to tell.
 */
export async function probeJob<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
): Promise<Probe | null> {
  const { state } = await context.jobState(nodeId);
  if (state === "running" || state === "exited") return { state: "attach" };
  return state === "absent" ? { state: "absent" } : null;
}
