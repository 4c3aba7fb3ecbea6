import type { OperatorCommandKind } from "./events.ts";
import type { StepId } from "./ids.ts";
import type { Permission } from "./roles.ts";
import { type RunState, type StepStatus, stepsOfLeg } from "./run.ts";

/**
 * What an operator may ask of a run, by its status; buttons and services read the same table
 * (docs/design, section 4, "States").
 */
const commandsByStatus: Record<RunState["status"], readonly OperatorCommandKind[]> = {
  queued: ["abandon"],
  running: ["pause", "approve", "cancel"],
  "rolling-back": ["pause", "approve", "cancel"],
  paused: [
    "resume",
    "retry",
    "skip",
    "mark-done",
    "confirm",
    "leave-out",
    "approve",
    "abandon",
    "rollback",
  ],
  succeeded: ["rollback"],
  abandoned: ["rollback"],
  "rolled-back": [],
};

/** The commands that are about one step, and the step's status in which they make sense. */
const commandsOfStep: Partial<Record<OperatorCommandKind, readonly StepStatus[]>> = {
  retry: ["failed", "uncertain"],
  skip: ["failed", "uncertain"],
  "mark-done": ["failed", "uncertain"],
  confirm: ["failed"],
  "leave-out": ["failed", "uncertain"],
  approve: ["waiting"],
  cancel: ["running"],
};

/** What a person must be allowed to do for each command. */
export function permissionFor(kind: OperatorCommandKind): Permission {
  return kind === "approve" ? "gate.approve" : "run.control";
}

const withReason: ReadonlySet<OperatorCommandKind> = new Set<OperatorCommandKind>([
  "skip",
  "mark-done",
  "confirm",
  "leave-out",
  "cancel",
  "abandon",
]);

/** Commands that need words from the operator. */
export function needsReason(kind: OperatorCommandKind): boolean {
  return withReason.has(kind);
}

/** Null when the command is allowed now, otherwise a sentence that says why not. */
export function whyNot(
  state: RunState,
  kind: OperatorCommandKind,
  stepId: StepId | null = null,
): string | null {
  if (!commandsByStatus[state.status].includes(kind)) {
    return `A run that is ${state.status} cannot take "${kind}".`;
  }
  if (kind === "rollback" && state.purpose === "practice") {
    return "A practice backup changes nothing, so there is nothing to roll back.";
  }
  const stepStatuses = commandsOfStep[kind];
  if (stepStatuses) {
    const step = stepId ? state.steps[stepId] : undefined;
    if (!step || step.leg !== state.leg) return `"${kind}" names a step of the current leg.`;
    if (!stepStatuses.includes(step.status)) {
      return `Step ${step.id} is ${step.status}; "${kind}" is for ${stepStatuses.join(" or ")} steps.`;
    }
    if (kind === "confirm" && !step.error?.confirm?.length) {
      return `Step ${step.id} asks for no confirmation.`;
    }
    return kind === "cancel" && step.cancel ? `Step ${step.id} is being cancelled already.` : null;
  }
  const troubled = stepsOfLeg(state).filter(
    ({ status }) => status === "failed" || status === "uncertain",
  );
  if (kind === "resume" && troubled.length > 0) {
    return `Step ${troubled[0]?.id} is ${troubled[0]?.status}: retry it, skip it, mark it done, or roll back.`;
  }
  if (kind === "resume" && state.pause?.reason === "gate") {
    return "The run waits at a gate: it goes on when the gate is approved.";
  }
  if (kind === "pause" && state.pauseRequested) return "The run is pausing already.";
  if (kind === "rollback" && state.leg === "rollback") {
    return "This run is being rolled back already: retry its failed step.";
  }
  return null;
}
