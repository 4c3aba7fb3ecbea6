import type { RunEvent, RunEventBody } from "../events.ts";
import { isUnderWay, type RunState, type StepState } from "../run.ts";
import { refuse } from "./illegal-event.ts";

type RunEventOfAttempt = Extract<RunEventBody, { attempt: number }>;

/** What an attempt of a step does, from its start to its end. @throws IllegalEvent */
export function applyToAttempt(
  step: StepState,
  event: RunEvent,
  body: RunEventOfAttempt,
  state: RunState,
): StepState {
  if (body.type === "step.started") {
    if (!isUnderWay(state.status)) refuse(event, `the run is ${state.status}`);
    if (step.status !== "pending") refuse(event, `step ${step.id} is ${step.status}`);
    if (body.attempt !== step.attempt + 1) {
      refuse(event, `step ${step.id} had ${step.attempt} attempts`);
    }
    return {
      ...step,
      status: "running",
      attempt: body.attempt,
      startedAt: event.at,
      endedAt: null,
      error: null,
      progress: null,
      awaits: null,
    };
  }

  if (step.status !== "running") refuse(event, `step ${step.id} is ${step.status}`);
  if (step.attempt !== body.attempt) refuse(event, `step ${step.id} is at attempt ${step.attempt}`);
  const end = { endedAt: event.at, progress: null, awaits: null };

  switch (body.type) {
    case "step.reattached":
      return step;

    case "step.intended":
      return { ...step, intent: body.intent };

    case "step.command": {
      const { attempt, nodeId, kind, command, exitCode, durationMs, output } = body;
      const record = { attempt, nodeId, kind, command, exitCode, durationMs, output, at: event.at };
      return { ...step, commands: [...step.commands, record] };
    }

    case "step.progress": {
      const { text, current, total } = body;
      return { ...step, progress: { text, current, total, at: event.at } };
    }

    case "step.awaits-person":
      return { ...step, awaits: { ask: body.ask, since: step.awaits?.since ?? event.at } };

    case "step.cancel-requested":
      if (step.cancel) refuse(event, `step ${step.id} is being cancelled already`);
      return { ...step, cancel: { reason: body.reason, by: body.by, at: event.at } };

    case "step.finished":
      return { ...step, ...end, status: "succeeded", output: body.output };

    case "step.failed":
      return { ...step, ...end, status: "failed", error: body.error, lastTrouble: "failed" };

    case "step.uncertain":
      return { ...step, ...end, status: "uncertain", error: body.error, lastTrouble: "uncertain" };

    default:
      // A page that was loaded before the server was renewed may be told of what it cannot know.
      body satisfies never;
      return refuse(event, "not an event of a step");
  }
}
