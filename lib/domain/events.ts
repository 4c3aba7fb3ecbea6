import { z } from "zod";
import { Backup } from "./backup.ts";
import type { ErrorCode } from "./errors.ts";
import { HaAsk } from "./ha-ask.ts";
import { CommandId, DeploymentId, NodeId, PlanId, RunId, StepId } from "./ids.ts";
import { Text } from "./message.ts";
import { Leg, RunPurpose } from "./plan.ts";
import { TimeMark } from "./step.ts";

/** Who did it, as the audit keeps it. */
export const By = z.object({ userId: z.string(), name: z.string() });
export type By = z.infer<typeof By>;

export const StepError = z.object({
  code: z.string().transform((code) => code as ErrorCode),
  message: Text,
  remedy: Text,
  retryable: z.boolean(),
  host: z.string().optional(),
  confirm: z.array(z.string()).optional(),
});

export const PauseReason = z.enum(["operator", "failed", "uncertain", "gate"]);
export type PauseReason = z.infer<typeof PauseReason>;

export const OperatorCommandKind = z.enum([
  "pause",
  "resume",
  "retry",
  "skip",
  "mark-done",
  "confirm",
  "leave-out",
  "approve",
  "cancel",
  "abandon",
  "rollback",
]);
export type OperatorCommandKind = z.infer<typeof OperatorCommandKind>;

const attempt = { stepId: StepId, attempt: z.number().int().min(1) };

/** What can happen in a run. The journal is a list of these and the only truth about it. */
export const RunEventBody = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run.created"),
    deploymentId: DeploymentId,
    /** Nothing in journals of earlier releases: an upgrade. */
    purpose: RunPurpose.optional(),
    by: By,
  }),
  z.object({
    type: z.literal("leg.started"),
    leg: Leg,
    planId: PlanId,
    planHash: z.string(),
    stepIds: z.array(StepId),
    by: By,
  }),
  z.object({ type: z.literal("run.taken-up"), worker: z.string(), generation: z.number().int() }),
  z.object({ type: z.literal("step.started"), ...attempt }),
  /** The step was found in flight after an interruption and goes on under the same attempt. */
  z.object({ type: z.literal("step.reattached"), ...attempt }),
  /** What the step is about to do, committed before it does it; its probe reads this. */
  z.object({ type: z.literal("step.intended"), ...attempt, intent: z.json() }),
  z.object({
    type: z.literal("step.command"),
    ...attempt,
    nodeId: NodeId,
    kind: z.enum(["shell", "sql", "http", "job"]),
    command: z.string(),
    /** Exit code of a command; 0 or 1 for SQL; null when none came back. */
    exitCode: z.number().int().nullable(),
    durationMs: z.number(),
    /** The last lines of the output or the answer, redacted. */
    output: z.string(),
  }),
  z.object({
    type: z.literal("step.progress"),
    ...attempt,
    text: Text,
    current: z.number().nullable(),
    total: z.number().nullable(),
  }),
  /** The step goes on once a person has done this in the console. */
  z.object({ type: z.literal("step.awaits-person"), ...attempt, ask: HaAsk }),
  z.object({
    type: z.literal("step.finished"),
    ...attempt,
    output: z.json(),
    /** `run`: it did its work now. `probe`: it was found done after an interruption. */
    from: z.enum(["run", "probe"]),
  }),
  z.object({ type: z.literal("step.failed"), ...attempt, error: StepError }),
  z.object({ type: z.literal("step.uncertain"), ...attempt, error: StepError }),
  z.object({ type: z.literal("step.skipped"), stepId: StepId, reason: z.string(), by: By }),
  z.object({ type: z.literal("step.marked-done"), stepId: StepId, reason: z.string(), by: By }),
  z.object({ type: z.literal("step.reset"), stepId: StepId, by: By }),
  /** A person has put in writing what the step could not tell or had refused; it is tried again. */
  z.object({
    type: z.literal("step.confirmed"),
    stepId: StepId,
    keys: z.array(z.string()).min(1),
    reason: z.string(),
    by: By,
  }),
  /** A person says that a node is gone for good; the step is the one that showed it. */
  z.object({
    type: z.literal("node.left-out"),
    nodeId: NodeId,
    stepId: StepId,
    /** When the step had found no answer, ISO 8601. */
    silentSince: z.string(),
    reason: z.string(),
    by: By,
  }),
  /** Nobody needs the step any more, because its node was left out. */
  z.object({ type: z.literal("step.left-out"), stepId: StepId, nodeId: NodeId }),
  /** The step is done (again) on another node, or through it, because its own was left out. */
  z.object({ type: z.literal("step.moved"), stepId: StepId, nodeId: NodeId }),
  /** Somebody wants this attempt to be ended on its host; how that came out is the step's end. */
  z.object({ type: z.literal("step.cancel-requested"), ...attempt, reason: z.string(), by: By }),
  /** Everything before the gate has ended well: it waits for a person from now on. */
  z.object({ type: z.literal("gate.reached"), stepId: StepId }),
  z.object({
    type: z.literal("gate.approved"),
    stepId: StepId,
    note: z.string().nullable(),
    by: By,
  }),
  /** A host that a step needs gives no answer since then (ISO 8601), for the reason told. */
  z.object({
    type: z.literal("host.lost"),
    nodeId: NodeId,
    since: z.iso.datetime(),
    error: StepError,
  }),
  z.object({ type: z.literal("host.back"), nodeId: NodeId }),
  z.object({
    type: z.literal("time.recorded"),
    mark: TimeMark,
    stepId: StepId,
    nodeId: NodeId,
    /** The host's clock and this product's own for the same moment; ISO 8601. */
    hostTime: z.iso.datetime(),
    time: z.iso.datetime(),
    /** Host ahead of the product, milliseconds. */
    skewMs: z.number(),
  }),
  z.object({ type: z.literal("backup.recorded"), stepId: StepId, backup: Backup }),
  z.object({
    type: z.literal("backup.proven"),
    stepId: StepId,
    key: z.string(),
    manifest: Backup.shape.manifest.unwrap(),
  }),
  /** The dump was restored into a scratch database, and that was what its source is. */
  z.object({ type: z.literal("backup.rehearsed"), stepId: StepId, key: z.string() }),
  z.object({
    type: z.literal("command.accepted"),
    commandId: CommandId,
    kind: OperatorCommandKind,
    stepId: StepId.nullable(),
    reason: z.string().nullable(),
    by: By,
  }),
  z.object({
    type: z.literal("command.refused"),
    commandId: CommandId,
    kind: OperatorCommandKind,
    why: Text,
    by: By,
  }),
  z.object({ type: z.literal("run.pause-requested"), by: By }),
  z.object({
    type: z.literal("run.paused"),
    reason: PauseReason,
    stepIds: z.array(StepId),
  }),
  z.object({ type: z.literal("run.resumed"), by: By }),
  z.object({ type: z.literal("run.succeeded") }),
  z.object({ type: z.literal("run.rolled-back") }),
  z.object({ type: z.literal("run.abandoned"), reason: z.string(), by: By }),
]);
export type RunEventBody = z.infer<typeof RunEventBody>;

/** An event in the journal: numbered from 1 without gaps, with the product's time. */
export const RunEvent = z.object({
  runId: RunId,
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  body: RunEventBody,
});
export type RunEvent = z.infer<typeof RunEvent>;
