import type { By, OperatorCommandKind, RunEvent, RunEventBody } from "#lib/domain/events.ts";
import type { CommandId, DeploymentId, NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { OutputStream } from "#lib/remote/types.ts";

/** An engine's hold on a run; every append carries it, so a stale engine is refused. */
export interface Claim {
  runId: RunId;
  worker: string;
  generation: number;
}

/** The journal as the engine sees it. */
export interface Journal {
  /** The events of a run after a number, in order; all, or at most `limit`. */
  read(runId: RunId, afterSeq?: number, limit?: number): Promise<RunEvent[]>;
  /**
   * Appends events in one transaction, together with the caches on the run's row (status, marks,
   * end, the hold on the deployment), which are a fold of the journal.
   * @throws UpliftError run.generation_lost when another engine has claimed the run since.
   */
  append(claim: Claim, expectedSeq: number, bodies: readonly RunEventBody[]): Promise<RunEvent[]>;
  /** Goes on only while the claim is the latest. @throws UpliftError run.generation_lost */
  confirm(claim: Claim): Promise<void>;
}

/** One piece of a step's output, redacted, numbered within its run. */
export interface LogChunk {
  seq: number;
  stepId: StepId;
  attempt: number;
  nodeId: NodeId | null;
  stream: OutputStream | "note";
  /** Characters of this step's log that come before this chunk. */
  offset: number;
  at: string;
  text: string;
}

export type NewLogChunk = Omit<LogChunk, "seq" | "offset"> & {
  /** Bytes of the host's output file that are stored once this chunk is; null for notes. */
  sourceEnd: number | null;
};

export interface RunLog {
  append(claim: Claim, chunks: readonly NewLogChunk[]): Promise<void>;
  /** Chunks after a number, in order, at most `limit`. */
  read(runId: RunId, afterSeq: number, limit: number): Promise<LogChunk[]>;
  /** The last chunks of a step's log, in order, at most `most`. */
  readEnd(runId: RunId, stepId: StepId, most: number): Promise<LogChunk[]>;
  /** How far a stream of an attempt is stored, in bytes of the host's file; 0 when nothing is. */
  sourceEnd(
    runId: RunId,
    stepId: StepId,
    attempt: number,
    nodeId: NodeId,
    stream: OutputStream,
  ): Promise<number>;
  /** The text of a step's log from an offset in characters, at most `limit` of them. */
  readStep(
    runId: RunId,
    stepId: StepId,
    offset: number,
    limit: number,
  ): Promise<{ text: string; nextOffset: number }>;
}

/** What an operator asked for, waiting for the engine. */
export interface OperatorCommand {
  id: CommandId;
  runId: RunId;
  kind: OperatorCommandKind;
  stepId: StepId | null;
  reason: string | null;
  /** For `rollback`: the plan that was reviewed. */
  planId: Plan["id"] | null;
  planHash: string | null;
  by: By;
}

export interface CommandQueue {
  /** Commands that no engine has consumed, oldest first. */
  waiting(runId: RunId): Promise<OperatorCommand[]>;
  /** Appends the events that a command causes and marks it consumed, in one transaction. */
  consume(
    claim: Claim,
    command: OperatorCommand,
    expectedSeq: number,
    bodies: readonly RunEventBody[],
  ): Promise<RunEvent[]>;
}

/** What a run that has ended may have left on a node. */
export interface Leftover {
  runId: RunId;
  nodeId: NodeId;
  /** The generation in which it ended; a lock that is held under a later one is the run's again. */
  generation: number;
  /** Whether its lock may still be there, and whether its job directories are to go by now. */
  lock: boolean;
  jobs: boolean;
  /** Whether scratch databases that are reached through it may still be there. */
  scratch: boolean;
}

export interface LeftoverQuery {
  /** Only this run's, and at once. */
  runId?: RunId | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long job directories stay after a run's end, milliseconds. */
  retentionMs: number;
  /** Between two tries on the same node, milliseconds. */
  retryMs: number;
}

/** What ended runs have left on hosts, for the janitor; kept until it is gone. */
export interface Leftovers {
  /** What can be cleaned up now; at most a few hundred. */
  due(query: LeftoverQuery): Promise<Leftover[]>;
  /** Notes what is gone, and what kept the rest. */
  settle(
    leftover: Leftover,
    gone: { lock: boolean; jobs: boolean; scratch: boolean },
    trouble: Text | null,
  ): Promise<void>;
}

export interface RunQueue {
  /** Runs that want an engine: queued or under way, or with a waiting command. */
  runnable(): Promise<RunId[]>;
  /** Takes a run for this worker; the generation grows by one. */
  claim(runId: RunId, worker: string): Promise<Claim>;
  /** The plan of a leg that was started. */
  plan(planId: Plan["id"]): Promise<Plan>;
  deploymentOf(runId: RunId): Promise<DeploymentId>;
}
