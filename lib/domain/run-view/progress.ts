import type { Plan } from "../plan.ts";
import { isSettled, type RunState } from "../run.ts";
import type { StepTimes } from "./step-times.ts";

/** How far a leg is. */
export interface Progress {
  /** 0 to 1. */
  share: number;
  /** The share is one of time, as it was measured; otherwise one of the number of steps. */
  byTime: boolean;
}

/** A step that has not ended is never counted as if it had, however long it takes. */
const mostOfRunning = 0.95;

/**
 * How far a leg is: of the time that its steps took before, where every one of them was measured, else
 * of their number. Pure.
 *
 * @param now ms since the epoch
 */
export function progressOf(plan: Plan, times: StepTimes, run: RunState, now: number): Progress {
  const all = plan.steps.length;
  const done = plan.steps.filter(({ id }) => isSettled(run.steps[id]?.status ?? "pending")).length;
  const byNumber = { share: all === 0 ? 1 : done / all, byTime: false };
  if (!plan.steps.every(({ id }) => times[id]?.measured)) return byNumber;
  let [spent, whole] = [0, 0];
  for (const { id } of plan.steps) {
    const ms = times[id]?.ms ?? 0;
    const { status = "pending", startedAt = null } = run.steps[id] ?? {};
    whole += ms;
    if (isSettled(status)) spent += ms;
    else if (status === "running" && startedAt) {
      const elapsed = Math.max(0, now - Date.parse(startedAt));
      spent += Math.min(elapsed, ms * mostOfRunning);
    }
  }
  return whole === 0 ? byNumber : { share: spent / whole, byTime: true };
}
