import type { RunEvent, RunEventBody } from "./events.ts";
import type { StepId } from "./ids.ts";
import { hasEnded, isSettled, type RunState, type StepState, statusOfLeg } from "./run.ts";

/** The journal and the state do not fit: a duplicate, a gap, or a transition that cannot happen. */
export class IllegalEvent extends Error {
  readonly event: RunEvent;
  constructor(event: RunEvent, why: string) {
    super(`event ${event.seq} (${event.body.type}) of ${event.runId}: ${why}`);
    this.name = "IllegalEvent";
    this.event = event;
  }
}

/**
 * The state after one more event. Pure; the argument is not changed.
 *
 * @throws IllegalEvent if the event is out of sequence or not possible in this state.
 */
export function applyEvent(state: RunState | null, event: RunEvent): RunState {
  const expected = (state?.seq ?? 0) + 1;
  if (event.seq !== expected) throw new IllegalEvent(event, `expected number ${expected}`);
  const { body } = event;
  if (state === null) {
    if (body.type !== "run.created") throw new IllegalEvent(event, "a journal opens with it");
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
      startedBy: body.by,
      createdAt: event.at,
      endedAt: null,
      seq: event.seq,
    };
  }
  if (event.runId !== state.runId) throw new IllegalEvent(event, `state is of ${state.runId}`);
  const next = reduce(state, event, body);
  // Nobody looks at the hosts of a run that stands; words of theirs that come late mean nothing.
  const watched = next.status === statusOfLeg[next.leg];
  return { ...next, unreachable: watched ? next.unreachable : {}, seq: event.seq };
}

/** The state after a whole journal. @throws IllegalEvent */
export function replay(events: readonly RunEvent[]): RunState | null {
  return events.reduce<RunState | null>(applyEvent, null);
}

function reduce(state: RunState, event: RunEvent, body: RunEventBody): RunState {
  const refuse = (why: string): never => {
    throw new IllegalEvent(event, why);
  };
  const requireStatus = (...allowed: RunState["status"][]) => {
    if (!allowed.includes(state.status)) refuse(`the run is ${state.status}`);
  };

  switch (body.type) {
    case "run.created":
      return refuse("the run exists already");

    case "leg.started": {
      if (body.leg === "forward") requireStatus("queued");
      else requireStatus("paused", "succeeded", "abandoned");
      if (body.leg === "rollback" && state.purpose === "practice") {
        refuse("a practice has nothing to roll back");
      }
      if (state.plans.some((plan) => plan.leg === body.leg)) refuse("this leg was started before");
      if (running(state).length > 0) refuse("steps are still running");
      const steps = withoutWaiting(state, event.at);
      for (const id of body.stepIds) {
        if (steps[id]) refuse(`step ${id} exists already`);
        steps[id] = freshStep(id, body.leg);
      }
      return {
        ...state,
        leg: body.leg,
        status: body.leg === "forward" ? "queued" : "rolling-back",
        plans: [
          ...state.plans,
          {
            leg: body.leg,
            planId: body.planId,
            planHash: body.planHash,
            startedAt: event.at,
            by: body.by,
          },
        ],
        steps,
        stepIds: [...state.stepIds, ...body.stepIds],
        pause: null,
        pauseRequested: false,
        endedAt: null,
      };
    }

    case "run.taken-up":
      if (hasEnded(state.status)) refuse(`the run is ${state.status}`);
      return state.status === "queued" ? { ...state, status: statusOfLeg[state.leg] } : state;

    case "run.pause-requested":
      requireStatus("running", "rolling-back");
      return { ...state, pauseRequested: true };

    case "run.paused":
      requireStatus("running", "rolling-back");
      if (running(state).length > 0) refuse("steps are still running");
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
      requireAllSettled(state, refuse);
      return { ...state, status: "succeeded", pauseRequested: false, endedAt: event.at };

    case "run.rolled-back":
      requireStatus("rolling-back");
      requireAllSettled(state, refuse);
      return { ...state, status: "rolled-back", pauseRequested: false, endedAt: event.at };

    case "run.abandoned":
      requireStatus("queued", "paused");
      if (running(state).length > 0) refuse("steps are still running");
      return {
        ...state,
        status: "abandoned",
        steps: withoutWaiting(state, event.at),
        pause: null,
        endedAt: event.at,
      };

    case "command.accepted":
    case "command.refused":
      return state;

    case "host.lost": {
      const { nodeId, since, error } = body;
      // Told again, the reason is better known; the moment stays.
      const absence = { since: state.unreachable[nodeId]?.since ?? since, error };
      return { ...state, unreachable: { ...state.unreachable, [nodeId]: absence } };
    }

    case "host.back": {
      const { [body.nodeId]: _, ...unreachable } = state.unreachable;
      return { ...state, unreachable };
    }

    case "node.left-out": {
      requireStatus("paused");
      const { nodeId, reason, by, silentSince } = body;
      if (state.leftOut[nodeId]) refuse(`${nodeId} was left out before`);
      const { [nodeId]: _, ...unreachable } = state.unreachable;
      const leftOut = { ...state.leftOut, [nodeId]: { reason, by, at: event.at, silentSince } };
      return { ...state, unreachable, leftOut };
    }

    case "time.recorded": {
      const known = state.marks[body.mark];
      // Several nodes stop at once and each reports its moment: T1 and T3 are the first of them. A
      // node that reports again after an interruption changes nothing.
      if (known && (known.time <= body.time || known.nodeId === body.nodeId)) return state;
      const { mark, nodeId, hostTime, time, skewMs } = body;
      return {
        ...state,
        marks: { ...state.marks, [mark]: { mark, nodeId, hostTime, time, skewMs } },
      };
    }

    case "backup.recorded":
      return {
        ...state,
        backups: [...state.backups.filter((backup) => backup.key !== body.backup.key), body.backup],
      };

    case "backup.proven": {
      if (!state.backups.some((backup) => backup.key === body.key)) {
        refuse(`no backup ${body.key} was recorded`);
      }
      return {
        ...state,
        backups: state.backups.map((backup) =>
          backup.key === body.key ? { ...backup, proven: true, manifest: body.manifest } : backup,
        ),
      };
    }

    case "backup.rehearsed": {
      const backup = state.backups.find(({ key }) => key === body.key);
      if (!backup?.proven) refuse(`backup ${body.key} is not proven`);
      return {
        ...state,
        backups: state.backups.map((one) => (one === backup ? { ...one, rehearsed: true } : one)),
      };
    }

    default: {
      const step = state.steps[body.stepId] ?? refuse(`no step ${body.stepId}`);
      if (step.leg !== state.leg) refuse(`step ${step.id} belongs to the ${step.leg} leg`);
      return { ...state, steps: { ...state.steps, [step.id]: reduceStep(step, event, state) } };
    }
  }
}

function reduceStep(step: StepState, event: RunEvent, state: RunState): StepState {
  const { body } = event;
  const refuse = (why: string): never => {
    throw new IllegalEvent(event, why);
  };
  const requireRunning = (attempt: number) => {
    if (step.status !== "running") refuse(`step ${step.id} is ${step.status}`);
    if (step.attempt !== attempt) refuse(`step ${step.id} is at attempt ${step.attempt}`);
  };
  const end = { endedAt: event.at, progress: null, awaits: null };

  switch (body.type) {
    case "step.started":
      if (state.status !== "running" && state.status !== "rolling-back") {
        refuse(`the run is ${state.status}`);
      }
      if (step.status !== "pending") refuse(`step ${step.id} is ${step.status}`);
      if (body.attempt !== step.attempt + 1) refuse(`step ${step.id} had ${step.attempt} attempts`);
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
    case "step.cancel-requested":
      requireRunning(body.attempt);
      if (step.cancel) refuse(`step ${step.id} is being cancelled already`);
      return { ...step, cancel: { reason: body.reason, by: body.by, at: event.at } };
    case "step.reattached":
      requireRunning(body.attempt);
      return step;
    case "step.intended":
      requireRunning(body.attempt);
      return { ...step, intent: body.intent };
    case "step.command": {
      requireRunning(body.attempt);
      const { attempt, nodeId, kind, command, exitCode, durationMs, output } = body;
      const record = { attempt, nodeId, kind, command, exitCode, durationMs, output, at: event.at };
      return { ...step, commands: [...step.commands, record] };
    }
    case "step.progress":
      requireRunning(body.attempt);
      return {
        ...step,
        progress: { text: body.text, current: body.current, total: body.total, at: event.at },
      };
    case "step.awaits-person":
      requireRunning(body.attempt);
      return { ...step, awaits: { ask: body.ask, since: step.awaits?.since ?? event.at } };
    case "step.finished":
      requireRunning(body.attempt);
      return { ...step, ...end, status: "succeeded", output: body.output };
    case "step.failed":
      requireRunning(body.attempt);
      return { ...step, ...end, status: "failed", error: body.error, lastTrouble: "failed" };
    case "step.uncertain":
      requireRunning(body.attempt);
      return {
        ...step,
        ...end,
        status: "uncertain",
        error: body.error,
        lastTrouble: "uncertain",
      };
    case "step.reset":
      if (step.status !== "failed" && step.status !== "uncertain" && step.status !== "running") {
        refuse(`step ${step.id} is ${step.status}`);
      }
      return {
        ...step,
        status: "pending",
        error: null,
        progress: null,
        awaits: null,
        cancel: null,
      };
    case "step.left-out": {
      const why = state.leftOut[body.nodeId] ?? refuse(`${body.nodeId} was not left out`);
      if (step.status !== "pending" && step.status !== "failed" && step.status !== "uncertain") {
        refuse(`step ${step.id} is ${step.status}`);
      }
      return { ...step, ...end, status: "skipped", reason: { text: why.reason, by: why.by } };
    }
    case "step.moved":
      if (Object.keys(state.leftOut).length === 0) refuse("no node was left out");
      if (state.leftOut[body.nodeId]) refuse(`${body.nodeId} was left out`);
      if (step.status === "running" || step.status === "waiting") {
        refuse(`step ${step.id} is ${step.status}`);
      }
      return {
        ...step,
        ...{ status: "pending", error: null, progress: null, cancel: null, reason: null },
        movedTo: body.nodeId,
      };
    case "step.skipped":
    case "step.marked-done":
      if (step.status !== "failed" && step.status !== "uncertain") {
        refuse(`step ${step.id} is ${step.status}`);
      }
      return {
        ...step,
        ...end,
        status: body.type === "step.skipped" ? "skipped" : "marked-done",
        reason: { text: body.reason, by: body.by },
      };
    case "gate.reached":
      if (state.status !== "running" && state.status !== "rolling-back") {
        refuse(`the run is ${state.status}`);
      }
      if (step.status !== "pending") refuse(`step ${step.id} is ${step.status}`);
      return { ...step, status: "waiting", startedAt: event.at };
    case "gate.approved":
      if (hasEnded(state.status)) refuse(`the run is ${state.status}`);
      if (step.status !== "waiting") refuse(`step ${step.id} is ${step.status}`);
      return {
        ...step,
        ...end,
        status: "succeeded",
        reason: { text: body.note ?? "", by: body.by },
      };
    default:
      return refuse("not an event of a step");
  }
}

function freshStep(id: StepId, leg: RunState["leg"]): StepState {
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

function requireAllSettled(state: RunState, refuse: (why: string) => never): void {
  for (const step of Object.values(state.steps)) {
    if (step.leg === state.leg && !isSettled(step.status)) {
      refuse(`step ${step.id} is ${step.status}`);
    }
  }
}
