import type { NodeId, StepId } from "../ids.ts";
import type { Leg, Plan } from "../plan.ts";
import type { RunState, StepState } from "../run.ts";
import { isWork, type Step } from "../step.ts";
import { nodeOf } from "./step-words.ts";

/** One step on the time axis; times in ms since the epoch. */
export interface Bar {
  step: Step;
  state: StepState;
  from: number;
  /** Null while it runs. */
  to: number | null;
  /** Which line of its lane it stands in, when steps of a lane overlap in time. */
  row: number;
  /** On the chain of steps that decided how long the leg took. */
  critical: boolean;
}

export interface Lane {
  /** The node's id, `metadb` for what belongs to no single node (HA too), `gates`. */
  id: NodeId | "metadb" | "gates";
  name: string;
  bars: Bar[];
  rows: number;
}

/** A leg as lanes by node, and one for MetaDB. Pure. */
export function lanesOf(plan: Plan, state: RunState): Lane[] {
  const critical = criticalSteps(plan, state);
  const lanes: Lane[] = [
    ...plan.hosts.map(({ nodeId, name }) => ({ id: nodeId, name, bars: [], rows: 1 })),
    { id: "metadb", name: "MetaDB", bars: [], rows: 1 },
    { id: "gates", name: "Approval", bars: [], rows: 1 },
  ];
  for (const lane of lanes) {
    const begun = plan.steps
      .filter((step) => laneOf(step) === lane.id)
      .flatMap((step) => {
        const stepState = state.steps[step.id];
        const from = stepState?.startedAt;
        if (!stepState || !from) return [];
        const to = isOpen(stepState) ? null : stepState.endedAt;
        return [{ step, state: stepState, from: Date.parse(from), to: to ? Date.parse(to) : null }];
      })
      .sort((a, b) => a.from - b.from);
    const endOfRow: number[] = [];
    lane.bars = begun.map((bar) => {
      const free = endOfRow.findIndex((end) => end <= bar.from);
      const row = free < 0 ? endOfRow.length : free;
      endOfRow[row] = bar.to ?? Number.POSITIVE_INFINITY;
      return { ...bar, row, critical: critical.has(bar.step.id) };
    });
    lane.rows = Math.max(1, endOfRow.length);
  }
  return lanes.filter(({ id, bars }) => bars.length > 0 || (id !== "metadb" && id !== "gates"));
}

function laneOf(step: Step): Lane["id"] {
  return isWork(step) ? (nodeOf(step) ?? "metadb") : "gates";
}

/** It goes on: it runs, or waits for a person. */
function isOpen({ status }: StepState): boolean {
  return status === "running" || status === "waiting";
}

/** The chain of steps that the last one waited for: each time the predecessor that ended last. */
export function criticalSteps(plan: Plan, state: RunState): Set<StepId> {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const endOf = (id: StepId): number => {
    const step = state.steps[id];
    if (!step?.startedAt) return Number.NEGATIVE_INFINITY;
    if (isOpen(step)) return Number.POSITIVE_INFINITY;
    return Date.parse(step.endedAt ?? step.startedAt);
  };
  const latest = (ids: readonly StepId[]) =>
    ids.reduce<StepId | null>((best, id) => {
      if (endOf(id) === Number.NEGATIVE_INFINITY) return best;
      return best === null || endOf(id) > endOf(best) ? id : best;
    }, null);
  const chain = new Set<StepId>();
  let at = latest(plan.steps.map((step) => step.id));
  while (at !== null && !chain.has(at)) {
    chain.add(at);
    at = latest(byId.get(at)?.after ?? []);
  }
  return chain;
}

/** When a leg began and when the last of its steps ended, ms; `to` is null while one of them runs. */
export function spanOfLeg(state: RunState, leg: Leg): { from: number; to: number | null } | null {
  const started = state.plans.find((plan) => plan.leg === leg)?.startedAt;
  if (!started) return null;
  const steps = Object.values(state.steps).filter((step) => step.leg === leg);
  if (steps.some(isOpen)) {
    return { from: Date.parse(started), to: null };
  }
  const ends = steps.flatMap(({ endedAt }) => (endedAt ? [Date.parse(endedAt)] : []));
  return { from: Date.parse(started), to: Math.max(Date.parse(started), ...ends) };
}

const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200].map(
  (seconds) => seconds * 1000,
);

/** Where the axis of a span of that many ms has its marks, after zero at most as many as are wanted. */
export function ticksOf(spanMs: number, most = 6): number[] {
  const step = tickSteps.find((each) => spanMs / each <= most) ?? 86_400_000;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
}
