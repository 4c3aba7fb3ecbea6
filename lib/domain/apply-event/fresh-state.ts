import type { RunEvent, RunEventBody } from "../events.ts";
import type { StepId } from "../ids.ts";
import type { RunState, StepState } from "../run.ts";

/** A run of which nothing is known but that it was created. */
export function freshRun(
  event: RunEvent,
  body: Extract<RunEventBody, { type: "run.created" }>,
): RunState {
  return {
    runId: event.runId,
    deploymentId: body.deploymentId,
    purpose: body.purpose ?? "upgrade",
    status: "queued",
    leg: "forward",
    plans: [],
    steps: {},
    stepIds: [],
    pause: null,
    pauseRequested: false,
    marks: {},
    backups: [],
    unreachable: {},
    leftOut: {},
    confirmed: [],
    startedBy: body.by,
    createdAt: event.at,
    endedAt: null,
    seq: event.seq,
  };
}

/** A step that its leg has brought and that has not begun. */
export function freshStep(id: StepId, leg: RunState["leg"]): StepState {
  return {
    id,
    leg,
    status: "pending",
    attempt: 0,
    startedAt: null,
    endedAt: null,
    output: null,
    error: null,
    lastTrouble: null,
    intent: null,
    progress: null,
    commands: [],
    awaits: null,
    cancel: null,
    movedTo: null,
    reason: null,
  };
}
