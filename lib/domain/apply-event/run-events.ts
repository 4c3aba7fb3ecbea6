import type { RunEvent, RunEventBody } from "../events.ts";
import { hasEnded, isSettled, type RunState, type StepState, statusOfLeg } from "../run.ts";
import { freshStep } from "./fresh-state.ts";
import { refuse } from "./illegal-event.ts";

type RunEventOfRun = Extract<RunEventBody, { type: "leg.started" | `run.${string}` }>;

/** What begins, pauses and ends the run and its legs. @throws IllegalEvent */
export function applyToRun(state: RunState, event: RunEvent, body: RunEventOfRun): RunState {
  const requireStatus = (...allowed: RunState["status"][]) => {
    if (!allowed.includes(state.status)) refuse(event, `the run is ${state.status}`);
  };
  const requireNoneRunning = () => {
    if (running(state).length > 0) refuse(event, "steps are still running");
  };

  switch (body.type) {
    case "run.created":
      return refuse(event, "the run exists already");

    case "leg.started": {
      if (body.leg === "forward") requireStatus("queued");
      else requireStatus("paused", "succeeded", "abandoned");
      if (body.leg === "rollback" && state.purpose === "practice") {
        refuse(event, "a practice has nothing to roll back");
      }
      if (state.plans.some((plan) => plan.leg === body.leg)) {
        refuse(event, "this leg was started before");
      }
      requireNoneRunning();
      const steps = withoutWaiting(state, event.at);
      for (const id of body.stepIds) {
        if (steps[id]) refuse(event, `step ${id} exists already`);
        steps[id] = freshStep(id, body.leg);
      }
      const { leg, planId, planHash, by } = body;
      return {
        ...state,
        leg,
        status: leg === "forward" ? "queued" : "rolling-back",
        plans: [...state.plans, { leg, planId, planHash, startedAt: event.at, by }],
        steps,
        stepIds: [...state.stepIds, ...body.stepIds],
        pause: null,
        pauseRequested: false,
        endedAt: null,
      };
    }

    case "run.taken-up":
      if (hasEnded(state.status)) refuse(event, `the run is ${state.status}`);
      return state.status === "queued" ? { ...state, status: statusOfLeg[state.leg] } : state;

    case "run.pause-requested":
      requireStatus("running", "rolling-back");
      return { ...state, pauseRequested: true };

    case "run.paused":
      requireStatus("running", "rolling-back");
      requireNoneRunning();
      return {
        ...state,
        status: "paused",
        pauseRequested: false,
        pause: { reason: body.reason, stepIds: body.stepIds, at: event.at },
      };

    case "run.resumed":
      requireStatus("paused");
      return { ...state, status: statusOfLeg[state.leg], pause: null, pauseRequested: false };

    case "run.succeeded":
      requireStatus("running");
      requireAllSettled(state, event);
      return { ...state, status: "succeeded", pauseRequested: false, endedAt: event.at };

    case "run.rolled-back":
      requireStatus("rolling-back");
      requireAllSettled(state, event);
      return { ...state, status: "rolled-back", pauseRequested: false, endedAt: event.at };

    case "run.abandoned":
      requireStatus("queued", "paused");
      requireNoneRunning();
      return {
        ...state,
        status: "abandoned",
        steps: withoutWaiting(state, event.at),
        pause: null,
        endedAt: event.at,
      };
  }
}

function running(state: RunState): StepState[] {
  return Object.values(state.steps).filter((step) => step.status === "running");
}

/** The steps when their leg is given up: a gate that nobody approved waits no longer. */
function withoutWaiting(state: RunState, at: string): RunState["steps"] {
  return Object.fromEntries(
    Object.entries(state.steps).map(([id, step]) => [
      id,
      step.status === "waiting" ? { ...step, status: "pending", endedAt: at } : step,
    ]),
  );
}

function requireAllSettled(state: RunState, event: RunEvent): void {
  for (const step of Object.values(state.steps)) {
    if (step.leg === state.leg && !isSettled(step.status)) {
      refuse(event, `step ${step.id} is ${step.status}`);
    }
  }
}
