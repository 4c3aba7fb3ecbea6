import type { RunEventBody } from "#lib/domain/events.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { leavingOut } from "#lib/domain/leave-out/leaving-out.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { hasMovedOn } from "#lib/domain/rollback.ts";
import type { RunState } from "#lib/domain/run.ts";
import { needsReason, whyNot } from "#lib/domain/run-commands.ts";
import type { OperatorCommand } from "#lib/store/types.ts";
import { troubledSteps } from "./next-steps.ts";

/**
 * The events that an operator's command causes: accepted with its effect, or refused with the
 * reason. Checked here again, because the run may have moved on since the button was pressed.
 *
 * @param rollback the reviewed plan that a `rollback` command names, if it was found
 * @param underWay the reviewed plan of the present leg, which `leave-out` needs
 */
export function decideCommand(
  state: RunState,
  command: OperatorCommand,
  rollback: Plan | null,
  underWay: Plan | null = null,
): RunEventBody[] {
  const { id: commandId, kind, stepId, reason, by } = command;
  const refuse = (why: Text): RunEventBody[] => [
    { type: "command.refused", commandId, kind, why, by },
  ];
  const why = whyNot(state, kind, stepId);
  if (why !== null) return refuse(why);
  if (needsReason(kind) && !reason?.trim()) return refuse(`"${kind}" needs a reason.`);
  const running = Object.values(state.steps).some(({ status }) => status === "running");

  const accept = (...effects: RunEventBody[]): RunEventBody[] => [
    { type: "command.accepted", commandId, kind, stepId, reason, by },
    ...effects,
  ];
  /** Resumes only when no other step waits for a decision. */
  const resumeUnlessTroubled = (): RunEventBody[] =>
    state.status === "paused" &&
    !Object.values(state.steps).some(
      (step) =>
        step.id !== stepId &&
        step.leg === state.leg &&
        (step.status === "failed" || step.status === "uncertain"),
    )
      ? [{ type: "run.resumed", by }]
      : [];
  /** A run that stands for another reason, too, is let go on by whoever decides that one. */
  const resumeFromGate = (): RunEventBody[] =>
    state.pause?.reason === "gate" &&
    !Object.values(state.steps).some(({ id, status }) => id !== stepId && status === "waiting")
      ? [{ type: "run.resumed", by }]
      : [];

  switch (kind) {
    case "pause":
      return accept({ type: "run.pause-requested", by });
    case "resume":
      return accept({ type: "run.resumed", by });
    case "retry":
      return stepId
        ? accept({ type: "step.reset", stepId, by }, ...resumeUnlessTroubled())
        : refuse("Name the step.");
    case "skip":
    case "mark-done":
      return stepId && reason
        ? accept(
            { type: kind === "skip" ? "step.skipped" : "step.marked-done", stepId, reason, by },
            ...resumeUnlessTroubled(),
          )
        : refuse("Name the step and the reason.");
    case "confirm": {
      const keys = stepId ? state.steps[stepId]?.error?.confirm : undefined;
      return stepId && reason && keys
        ? accept(
            { type: "step.confirmed", stepId, keys: [...keys], reason, by },
            ...resumeUnlessTroubled(),
          )
        : refuse("Name the step and the reason.");
    }
    case "leave-out":
      return stepId && reason && underWay
        ? leaveOut(state, { stepId, reason, by }, underWay, { accept, refuse })
        : refuse("Name the step and the reason.");
    case "approve":
      return stepId
        ? accept(
            { type: "gate.approved", stepId, note: reason?.trim() || null, by },
            ...resumeFromGate(),
          )
        : refuse("Name the gate.");
    case "cancel": {
      const attempt = stepId ? state.steps[stepId]?.attempt : undefined;
      return stepId && attempt && reason
        ? accept({ type: "step.cancel-requested", stepId, attempt, reason, by })
        : refuse("Name the step and the reason.");
    }
    case "abandon":
      return running
        ? refuse("Steps are still running; wait until they have ended.")
        : accept({ type: "run.abandoned", reason: reason ?? "", by });
    case "rollback":
      if (!rollback || !command.planHash)
        return refuse("The reviewed rollback plan was not found.");
      if (rollback.undoes?.runId !== state.runId) return refuse("That plan is of another run.");
      if (hasMovedOn(rollback, state)) {
        return refuse("The run has moved on since this rollback was planned: plan it again.");
      }
      return accept({
        type: "leg.started",
        leg: "rollback",
        planId: rollback.id,
        planHash: command.planHash,
        stepIds: rollback.steps.map((step) => step.id),
        by,
      });
  }
}

interface Answers {
  accept: (...effects: RunEventBody[]) => RunEventBody[];
  refuse: (why: Text) => RunEventBody[];
}

/** The run goes on by itself when leaving the node out ends all its trouble. */
function leaveOut(
  state: RunState,
  { stepId, reason, by }: Pick<OperatorCommand, "by"> & { stepId: StepId; reason: string },
  plan: Plan,
  { accept, refuse }: Answers,
): RunEventBody[] {
  const decided = leavingOut(plan, state, stepId);
  if (!decided.allowed) return refuse(decided.why);
  const { away, moved, node } = decided;
  const { nodeId } = node;
  const settled = new Set([...away, ...moved.map((one) => one.stepId)]);
  const silentSince = state.steps[stepId]?.endedAt ?? "";
  return accept(
    { type: "node.left-out", nodeId, stepId, silentSince, reason, by },
    ...away.map((id) => ({ type: "step.left-out", stepId: id, nodeId }) as const),
    ...moved.map((one) => ({ type: "step.moved", ...one }) as const),
    ...(troubledSteps(state).every((id) => settled.has(id))
      ? [{ type: "run.resumed", by } as const]
      : []),
  );
}
