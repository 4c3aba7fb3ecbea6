import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import { isSettled, type RunState } from "../run.ts";
import type { Step } from "../step.ts";
import type { StepTimes } from "./step-times.ts";

/** What is to be expected if every step takes as long as is known or assumed of it; ms since the epoch. */
export interface Forecast {
  /** When the outage begins; null when the plan has no outage. */
  outageFrom: number | null;
  /** When it is over. */
  outageTo: number | null;
  /** When the leg is done. */
  endAt: number;
  /** Gates that are still to be passed: how long a person takes for each is not in it. */
  approvals: number;
  /** A step that has not ended was never measured: its time is an assumption. */
  assumed: boolean;
}

/**
 * When a leg will end, from what its steps take: each starts when all that it waits for has ended. Null
 * when nothing is known of an open step: half a forecast would be an invention. Pure.
 *
 * @param run the run under way, or null for a plan that starts now
 * @param now ms since the epoch
 */
export function forecast(
  plan: Plan,
  times: StepTimes,
  run: RunState | null,
  now: number,
): Forecast | null {
  const ends = new Map<StepId, number>();
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const endOf = (step: Step): number | null => {
    const known = ends.get(step.id);
    if (known !== undefined) return known;
    const end = endOfStep(step, times[step.id]?.ms, run, now, () => {
      let ready = now;
      for (const id of step.after) {
        const before = byId.get(id);
        const end = before ? endOf(before) : now;
        if (end === null) return null;
        ready = Math.max(ready, end);
      }
      return ready;
    });
    if (end !== null) ends.set(step.id, end);
    return end;
  };
  for (const step of plan.steps) if (endOf(step) === null) return null;
  const all = [...ends.values()];
  const marks = plan.steps.flatMap((step) => {
    const end = ends.get(step.id);
    const mark = "mark" in step.params ? step.params.mark : null;
    if (!mark || end === undefined) return [];
    const startedAt = run?.steps[step.id]?.startedAt;
    return [
      { mark, end, start: startedAt ? Date.parse(startedAt) : end - (times[step.id]?.ms ?? 0) },
    ];
  });
  const first = (at: "start" | "end", ...wanted: string[]) => {
    const found = marks.filter(({ mark }) => wanted.includes(mark)).map((one) => one[at]);
    return found.length > 0 ? Math.min(...found) : null;
  };
  const open = plan.steps.filter(({ id }) => !isSettled(run?.steps[id]?.status ?? "pending"));
  return {
    // Read just before docker stop.
    outageFrom: first("start", "T1", "T3"),
    outageTo: first("end", "T2", "HA_BACK"),
    endAt: Math.max(now, ...all),
    approvals: open.filter(({ kind }) => kind === "gate").length,
    assumed: open.some(({ id }) => times[id]?.measured === false),
  };
}

export interface ExpectedSpan extends Pick<Forecast, "approvals" | "assumed"> {
  outageMs: number | null;
  totalMs: number;
}

/** What an expectation leaves out: ", and 2 approvals". */
export function approvalsBeside({ approvals }: Pick<Forecast, "approvals">): string {
  return approvals === 0
    ? ""
    : `, and ${approvals === 1 ? "an approval" : `${approvals} approvals`}`;
}

/** How long a plan will take and how long of that OMS is out, ms; null when nothing tells. Pure. */
export function expectedSpan(plan: Plan, times: StepTimes): ExpectedSpan | null {
  const expected = forecast(plan, times, null, 0);
  if (!expected) return null;
  const { outageFrom, outageTo, endAt, ...rest } = expected;
  const outageMs = outageFrom !== null && outageTo !== null ? outageTo - outageFrom : null;
  return { outageMs, totalMs: endAt, ...rest };
}

function endOfStep(
  step: Step,
  duration: number | undefined,
  run: RunState | null,
  now: number,
  ready: () => number | null,
): number | null {
  const state = run?.steps[step.id];
  if (state && isSettled(state.status)) return state.endedAt ? Date.parse(state.endedAt) : now;
  if (duration === undefined) return null;
  if (state?.status === "running" && state.startedAt) {
    // Longer than last time already: nobody knows how much longer.
    return Math.max(now, Date.parse(state.startedAt) + duration);
  }
  const from = ready();
  return from === null ? null : from + duration;
}

/** A span as rough as a forecast is; `n` counts the unit, behind whole hours it counts minutes. */
export interface AboutTime {
  unit: "moment" | "s" | "min" | "h";
  n: number;
  hours: number;
}

/** A span, no more exact than a forecast can be: to 5 s, then to a minute, then to 5 minutes. */
export function aboutTime(ms: number): AboutTime {
  const seconds = ms / 1_000;
  if (seconds < 5) return { unit: "moment", n: 0, hours: 0 };
  if (seconds < 55) return { unit: "s", n: Math.ceil(seconds / 5) * 5, hours: 0 };
  const minutes = Math.round(seconds / 60);
  if (minutes < 10) return { unit: "min", n: minutes, hours: 0 };
  const fives = Math.round(minutes / 5) * 5;
  const [hours, n] = [Math.floor(fives / 60), fives % 60];
  return hours === 0 ? { unit: "min", n, hours } : { unit: "h", n, hours };
}

/** "about 20 s", "about 3 min", "about 1 h 10 min". */
export function aboutWords(ms: number): string {
  const { unit, n, hours } = aboutTime(ms);
  if (unit === "moment") return "a few seconds";
  if (unit !== "h") return `about ${n} ${unit}`;
  return n === 0 ? `about ${hours} h` : `about ${hours} h ${n} min`;
}
