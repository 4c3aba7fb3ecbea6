import type { RunEvent, RunEventBody } from "../events.ts";
import { hasEnded, isUnderWay, type RunState, type StepState, type StepStatus } from "../run.ts";
import { refuse } from "./illegal-event.ts";

type RunEventOfStep = Extract<RunEventBody, { type: `step.${string}` | `gate.${string}` }>;
type RunEventOfAnswer = Exclude<RunEventOfStep, { attempt: number }>;

/** A step that needs a person, and what the person says becomes of it. @throws IllegalEvent */
export function applyAnswer(
  step: StepState,
  event: RunEvent,
  body: RunEventOfAnswer,
  state: RunState,
): StepState {
  const requireStatus = (...allowed: StepStatus[]) => {
    if (!allowed.includes(step.status)) refuse(event, `step ${step.id} is ${step.status}`);
  };
  const end = { endedAt: event.at, progress: null, awaits: null };

  switch (body.type) {
    case "step.confirmed":
      requireStatus("failed");
      if (!step.error?.confirm?.length) refuse(event, `step ${step.id} asked for no confirmation`);
      return { ...step, status: "pending", error: null, progress: null, cancel: null };

    case "step.reset":
      requireStatus("failed", "uncertain", "running");
      return {
        ...step,
        status: "pending",
        error: null,
        progress: null,
        awaits: null,
        cancel: null,
      };

    case "step.skipped":
    case "step.marked-done":
      requireStatus("failed", "uncertain");
      return {
        ...step,
        ...end,
        status: body.type === "step.skipped" ? "skipped" : "marked-done",
        reason: { text: body.reason, by: body.by },
      };

    case "step.left-out": {
      const why = state.leftOut[body.nodeId] ?? refuse(event, `${body.nodeId} was not left out`);
      requireStatus("pending", "failed", "uncertain");
      return { ...step, ...end, status: "skipped", reason: { text: why.reason, by: why.by } };
    }

    case "step.moved":
      if (Object.keys(state.leftOut).length === 0) refuse(event, "no node was left out");
      if (state.leftOut[body.nodeId]) refuse(event, `${body.nodeId} was left out`);
      requireStatus("pending", "succeeded", "failed", "uncertain", "skipped", "marked-done");
      return {
        ...step,
        ...{ status: "pending", error: null, progress: null, cancel: null, reason: null },
        movedTo: body.nodeId,
      };

    case "gate.reached":
      if (!isUnderWay(state.status)) refuse(event, `the run is ${state.status}`);
      requireStatus("pending");
      return { ...step, status: "waiting", startedAt: event.at };

    case "gate.approved":
      if (hasEnded(state.status)) refuse(event, `the run is ${state.status}`);
      requireStatus("waiting");
      return {
        ...step,
        ...end,
        status: "succeeded",
        reason: { text: body.note ?? "", by: body.by },
      };
  }
}
