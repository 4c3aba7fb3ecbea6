import type { StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { isSettled, type RunState, stepsOfLeg } from "#lib/domain/run.ts";
import type { Step } from "#lib/domain/step.ts";

export interface Bounds {
  parallelSteps: number;
  parallelStepsPerHost: number;
}

/**
 * The steps that may start now: pending, everything before them settled, within the bounds, and
 * nothing in the leg in trouble: after a failure nothing new begins.
 */
export function nextSteps(plan: Plan, state: RunState, bounds: Bounds): Step[] {
  if (state.pauseRequested || troubledSteps(state).length > 0) return [];
  const runningSteps = plan.steps.filter((step) => state.steps[step.id]?.status === "running");
  let free = bounds.parallelSteps - runningSteps.length;
  const perHost = new Map<string, number>();
  const count = (step: Step) => perHost.set(hostOf(step), (perHost.get(hostOf(step)) ?? 0) + 1);
  runningSteps.forEach(count);
  const chosen: Step[] = [];
  for (const step of plan.steps) {
    if (free === 0) break;
    if (state.steps[step.id]?.status !== "pending") continue;
    if (!step.after.every((id) => isSettled(state.steps[id]?.status ?? "pending"))) continue;
    if ((perHost.get(hostOf(step)) ?? 0) >= bounds.parallelStepsPerHost) continue;
    count(step);
    free--;
    chosen.push(step);
  }
  return chosen;
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

function hostOf(step: Step): string {
  return "nodeId" in step.params ? step.params.nodeId : step.params.route.via;
}
