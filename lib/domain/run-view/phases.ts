import type { Plan } from "../plan.ts";
import { isSettled, type RunState, type StepState } from "../run.ts";
import { isWork, Phase, type Step } from "../step.ts";

export type PhaseStatus = "pending" | "running" | "succeeded" | "failed" | "uncertain" | "waiting";

export interface PhaseRow {
  phase: Phase;
  status: PhaseStatus;
  /** Steps that do something; a gate is none. */
  done: number;
  all: number;
  /** First start and last end of its steps, ISO 8601; `to` is null until all are settled. */
  from: string | null;
  to: string | null;
}

/** The phases of a leg in the order of its steps. Pure. */
export function phasesOf(plan: Plan, state: RunState): PhaseRow[] {
  const rows = Phase.options.flatMap((phase) => {
    const steps = plan.steps.filter((step) => step.phase === phase);
    return steps.length > 0 ? [phaseRow(phase, steps, state)] : [];
  });
  const order = orderOf(plan);
  return rows.sort((a, b) => (order.get(a.phase) ?? 0) - (order.get(b.phase) ?? 0));
}

/** A rollback does not have the phases in the order of an upgrade: its own steps tell. */
function orderOf(plan: Plan): Map<Phase, number> {
  const depth = new Map<string, number>();
  for (const { id, after } of plan.steps) {
    depth.set(id, Math.max(0, ...after.map((before) => (depth.get(before) ?? 0) + 1)));
  }
  const order = new Map<Phase, number>();
  for (const { id, phase } of plan.steps) {
    const at = depth.get(id) ?? 0;
    order.set(phase, Math.min(order.get(phase) ?? at, at));
  }
  return order;
}

function phaseRow(phase: Phase, steps: readonly Step[], state: RunState): PhaseRow {
  const stateOf = (step: Step) => state.steps[step.id] ?? [];
  const all = steps.flatMap(stateOf);
  const has = (status: StepState["status"]) => all.some((step) => step.status === status);
  const over = all.every((step) => isSettled(step.status));
  // The time that a gate waited is a person's, not the phase's.
  const states = steps.filter(isWork).flatMap(stateOf);
  const done = states.filter((step) => isSettled(step.status)).length;
  const starts = states.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = states.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const status = over
    ? "succeeded"
    : has("failed")
      ? "failed"
      : has("uncertain")
        ? "uncertain"
        : has("running")
          ? "running"
          : has("waiting")
            ? "waiting"
            : "pending";
  const stopped = status === "failed" || status === "uncertain";
  const to = over || stopped ? (ends.at(-1) ?? null) : null;
  return { phase, status, done, all: states.length, from: starts[0] ?? null, to };
}
