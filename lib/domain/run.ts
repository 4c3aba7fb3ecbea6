import type { Backup } from "./backup.ts";
import type { ErrorInfo } from "./errors.ts";
import type { By, PauseReason } from "./events.ts";
import type { HaAsk } from "./ha-ask.ts";
import type { DeploymentId, NodeId, PlanId, RunId, StepId } from "./ids.ts";
import type { NodesLeftOut } from "./leave-out/left-out.ts";
import type { Text } from "./message.ts";
import type { Leg, RunPurpose } from "./plan.ts";
import type { TimeMark } from "./step.ts";

export const runStatuses = [
  "queued",
  "running",
  "paused",
  "succeeded",
  "rolling-back",
  "rolled-back",
  "abandoned",
] as const;
export type RunStatus = (typeof runStatuses)[number];

export const stepStatuses = [
  "pending",
  "running",
  /** A gate that was reached and is not approved yet. */
  "waiting",
  "succeeded",
  "failed",
  "uncertain",
  "skipped",
  "marked-done",
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export interface CommandRecord {
  attempt: number;
  nodeId: NodeId;
  kind: "shell" | "sql" | "http" | "job";
  command: string;
  exitCode: number | null;
  durationMs: number;
  output: string;
  /** When the result was known, ISO 8601. */
  at: string;
}

export interface StepState {
  id: StepId;
  leg: Leg;
  status: StepStatus;
  attempt: number;
  startedAt: string | null;
  endedAt: string | null;
  output: unknown;
  error: ErrorInfo | null;
  /** How the attempt before the present one ended, if it did not end well. */
  lastTrouble: "failed" | "uncertain" | null;
  intent: unknown;
  progress: { text: Text; current: number | null; total: number | null; at: string } | null;
  commands: CommandRecord[];
  /** What a person is asked to do while the step watches; null when it waits for nobody. */
  awaits: { ask: HaAsk; since: string } | null;
  /** Who wants the present attempt to be ended, if somebody does. */
  cancel: { reason: string; by: By; at: string } | null;
  /** The node that does it instead of the planned one, which was left out. */
  movedTo: NodeId | null;
  /** Why a person skipped it, marked it done or approved it; an approval may have no text. */
  reason: { text: string; by: By } | null;
}

export interface MarkRecord {
  mark: TimeMark;
  nodeId: NodeId;
  hostTime: string;
  time: string;
  skewMs: number;
}

/** A host that gives no answer, while a run needs it. */
export interface Absence {
  /** ISO 8601 */
  since: string;
  error: ErrorInfo;
}

/** What is known of a run: a fold of its journal, in the engine, in the API and in the browser. */
export interface RunState {
  runId: RunId;
  deploymentId: DeploymentId;
  purpose: RunPurpose;
  status: RunStatus;
  leg: Leg;
  plans: { leg: Leg; planId: PlanId; planHash: string; startedAt: string; by: By }[];
  steps: Record<StepId, StepState>;
  /** Steps in the order of their plans. */
  stepIds: StepId[];
  pause: { reason: PauseReason; stepIds: StepId[]; at: string } | null;
  pauseRequested: boolean;
  marks: Partial<Record<TimeMark, MarkRecord>>;
  backups: Backup[];
  /** Hosts that give no answer now. Nobody looks while the run stands: then nothing is claimed. */
  unreachable: Record<NodeId, Absence>;
  /** Nodes that the run goes on without, in both legs. */
  leftOut: NodesLeftOut;
  /** What persons have put in writing, in both legs: the keys of the errors that asked. */
  confirmed: { key: string; reason: string; by: By; at: string }[];
  startedBy: By;
  createdAt: string;
  endedAt: string | null;
  /** Sequence number of the last event applied. */
  seq: number;
}

/** The running status of each leg. */
export const statusOfLeg = { forward: "running", rollback: "rolling-back" } as const;

/** A run that no longer does anything by itself. */
export function hasEnded(status: RunStatus): boolean {
  return status === "succeeded" || status === "rolled-back" || status === "abandoned";
}

/** A run that does something by itself at this moment. */
export function isUnderWay(status: RunStatus): boolean {
  return status === "running" || status === "rolling-back";
}

/** The step ended in a way that lets the steps behind it start. */
export function isSettled(status: StepStatus): boolean {
  return status === "succeeded" || status === "skipped" || status === "marked-done";
}

/** The steps of the current leg. */
export function stepsOfLeg(state: RunState, leg: Leg = state.leg): StepState[] {
  return state.stepIds
    .map((id) => state.steps[id])
    .filter((step): step is StepState => step?.leg === leg);
}

/** The steps that go on once a person has done something elsewhere, in the console. */
export function stepsAwaitingPerson(state: RunState): StepState[] {
  return stepsOfLeg(state).filter(({ awaits }) => awaits !== null);
}

/** Attempts that the steps of a leg have begun, all together: grows with everything that a leg does. */
export function attemptsBegun(state: RunState, leg: Leg): number {
  return stepsOfLeg(state, leg).reduce((sum, step) => sum + step.attempt, 0);
}
