import { groupBy } from "../group-by.ts";
import { phaseOrder } from "../phase-order.ts";
import type { Plan } from "../plan.ts";
import { isSettled, type RunState, type StepState } from "../run.ts";
import { isWork, type Phase, type Step } from "../step.ts";

export type PhaseStatus = "pending" | "running" | "succeeded" | "failed" | "uncertain" | "waiting";

export interface PhaseRow {
  phase: Phase;
  /** The upgrade of a chain that it belongs to, counted from 1; null for what belongs to the whole. */
  hop: number | null;
  status: PhaseStatus;
  /** Steps that do something; a gate is none. */
  done: number;
  all: number;
  /** First start and last end of its steps, ISO 8601; `to` is null until all are settled. */
  from: string | null;
  to: string | null;
}

/** The phases of a leg in the order of its steps; those of each hop of a chain for themselves. Pure. */
export function phasesOf(plan: Plan, state: RunState): PhaseRow[] {
  const rows = phaseOrder.flatMap((phase) => {
    const steps = plan.steps.filter((step) => step.phase === phase);
    return [...groupBy(steps, (step) => step.hop)].map(([hop, own]) => ({
      ...phaseRow(phase, own, state),
      hop,
    }));
  });
  const order = orderOf(plan);
  const at = (row: PhaseRow) => order.get(placeOf(row)) ?? 0;
  return rows.sort((a, b) => at(a) - at(b));
}

function placeOf({ phase, hop }: Pick<Step, "phase" | "hop">): string {
  return `${hop ?? ""} ${phase}`;
}

/** A rollback does not have the phases in the order of an upgrade: its own steps tell. */
function orderOf(plan: Plan): Map<string, number> {
  const depth = new Map<string, number>();
  for (const { id, after } of plan.steps) {
    depth.set(id, Math.max(0, ...after.map((before) => (depth.get(before) ?? 0) + 1)));
  }
  const order = new Map<string, number>();
  for (const step of plan.steps) {
    const [at, place] = [depth.get(step.id) ?? 0, placeOf(step)];
    order.set(place, Math.min(order.get(place) ?? at, at));
  }
  return order;
}

function phaseRow(phase: Phase, steps: readonly Step[], state: RunState): Omit<PhaseRow, "hop"> {
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
