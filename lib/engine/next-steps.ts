import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { isSettled, type RunState, stepsOfLeg } from "#lib/domain/run.ts";
import { isWork, type Step, type WorkStep } from "#lib/domain/step.ts";

export interface Bounds {
  parallelSteps: number;
  parallelStepsPerHost: number;
}

/**
 * The steps that may start now: pending, everything before them settled, within the bounds, and
 * nothing in the leg in trouble: after a failure nothing new begins.
 */
export function nextSteps(plan: Plan, state: RunState, bounds: Bounds): WorkStep[] {
  if (isHeld(state)) return [];
  const work = plan.steps.filter(isWork);
  const runningSteps = work.filter((step) => state.steps[step.id]?.status === "running");
  let free = bounds.parallelSteps - runningSteps.length;
  const perHost = new Map<string, number>();
  const count = (step: WorkStep) => perHost.set(hostOf(step), (perHost.get(hostOf(step)) ?? 0) + 1);
  runningSteps.forEach(count);
  const chosen: WorkStep[] = [];
  const isDue = dueIn(plan, state);
  for (const step of work) {
    if (free === 0) break;
    if (!isDue(step)) continue;
    if ((perHost.get(hostOf(step)) ?? 0) >= bounds.parallelStepsPerHost) continue;
    count(step);
    free--;
    chosen.push(step);
  }
  return chosen;
}

/** The gates that the run has come to: what stands before them has ended well. */
export function gatesReached(plan: Plan, state: RunState): StepId[] {
  if (isHeld(state)) return [];
  const isDue = dueIn(plan, state);
  return plan.steps.filter((step) => !isWork(step) && isDue(step)).map(({ id }) => id);
}

/** The gates of the current leg that wait for an approval. */
export function waitingGates(state: RunState): StepId[] {
  return stepsOfLeg(state)
    .filter(({ status }) => status === "waiting")
    .map(({ id }) => id);
}

/** Nothing new begins: somebody asked for a pause, or a step is in trouble. */
function isHeld(state: RunState): boolean {
  return state.pauseRequested || troubledSteps(state).length > 0;
}

/**
 * Tells whether everything before a step has ended well: also what is further back, because a step that
 * was moved to another node is done again after what stood behind it.
 */
function dueIn({ steps }: Plan, state: RunState): (step: Step) => boolean {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const known = new Map<StepId, boolean>();
  const isBehind = (id: StepId): boolean => {
    const answer =
      known.get(id) ??
      (isSettled(state.steps[id]?.status ?? "pending") &&
        (byId.get(id)?.after ?? []).every(isBehind));
    known.set(id, answer);
    return answer;
  };
  return ({ id, after }) => state.steps[id]?.status === "pending" && after.every(isBehind);
}

/** The steps of the current leg that wait for an operator. */
export function troubledSteps(state: RunState): StepId[] {
  return stepsOfLeg(state)
    .filter(({ status }) => status === "failed" || status === "uncertain")
    .map(({ id }) => id);
}

export function allSettled(state: RunState): boolean {
  return stepsOfLeg(state).every(({ status }) => isSettled(status));
}

/** The node that a step works on, or goes through to a database. */
export function hostOf(step: WorkStep): NodeId {
  return "nodeId" in step.params ? step.params.nodeId : step.params.route.via;
}
