import { applyAnswer } from "./apply-event/answer-events.ts";
import { applyToAttempt } from "./apply-event/attempt-events.ts";
import { freshRun } from "./apply-event/fresh-state.ts";
import { applyToHosts } from "./apply-event/host-events.ts";
import { refuse } from "./apply-event/illegal-event.ts";
import { applyToRecords } from "./apply-event/record-events.ts";
import { applyToRun } from "./apply-event/run-events.ts";
import type { RunEvent } from "./events.ts";
import type { StepId } from "./ids.ts";
import { type RunState, type StepState, statusOfLeg } from "./run.ts";

export { IllegalEvent } from "./apply-event/illegal-event.ts";

/**
 * The state after one more event. Pure; the argument is not changed.
 *
 * @throws IllegalEvent if the event is out of sequence or not possible in this state.
 */
export function applyEvent(state: RunState | null, event: RunEvent): RunState {
  const expected = (state?.seq ?? 0) + 1;
  if (event.seq !== expected) refuse(event, `expected number ${expected}`);
  if (state === null) {
    const { body } = event;
    return body.type === "run.created"
      ? freshRun(event, body)
      : refuse(event, "a journal opens with it");
  }
  if (event.runId !== state.runId) refuse(event, `state is of ${state.runId}`);
  const next = reduce(state, event);
  // Nobody looks at the hosts of a run that stands; words of theirs that come late mean nothing.
  const watched = next.status === statusOfLeg[next.leg];
  return { ...next, unreachable: watched ? next.unreachable : {}, seq: event.seq };
}

/** The state after a whole journal. @throws IllegalEvent */
export function replay(events: readonly RunEvent[]): RunState | null {
  return events.reduce<RunState | null>(applyEvent, null);
}

/**
 * Which file knows what an event does. The compiler complains of a type of event that stands in
 * none of them: each takes only those of its subject, and its switch must have them all.
 */
function reduce(state: RunState, event: RunEvent): RunState {
  const { body } = event;
  switch (body.type) {
    case "run.created":
    case "leg.started":
    case "run.taken-up":
    case "run.pause-requested":
    case "run.paused":
    case "run.resumed":
    case "run.succeeded":
    case "run.rolled-back":
    case "run.abandoned":
      return applyToRun(state, event, body);

    case "command.accepted":
    case "command.refused":
      return state;

    case "host.lost":
    case "host.back":
    case "node.left-out":
      return applyToHosts(state, event, body);

    case "time.recorded":
    case "backup.recorded":
    case "backup.proven":
    case "backup.rehearsed":
      return applyToRecords(state, event, body);

    case "step.confirmed": {
      const next = withStep(state, event, body, (step) => applyAnswer(step, event, body, state));
      const { keys, reason, by } = body;
      const confirmed = keys.map((key) => ({ key, reason, by, at: event.at }));
      return { ...next, confirmed: [...state.confirmed, ...confirmed] };
    }

    case "step.reset":
    case "step.skipped":
    case "step.marked-done":
    case "step.left-out":
    case "step.moved":
    case "gate.reached":
    case "gate.approved":
      return withStep(state, event, body, (step) => applyAnswer(step, event, body, state));

    default:
      return withStep(state, event, body, (step) => applyToAttempt(step, event, body, state));
  }
}

/** The state with one step of the current leg changed. @throws IllegalEvent if it is not one. */
function withStep(
  state: RunState,
  event: RunEvent,
  { stepId }: { stepId: StepId },
  change: (step: StepState) => StepState,
): RunState {
  const step = state.steps[stepId] ?? refuse(event, `no step ${stepId}`);
  if (step.leg !== state.leg) refuse(event, `step ${step.id} belongs to the ${step.leg} leg`);
  return { ...state, steps: { ...state.steps, [step.id]: change(step) } };
}
