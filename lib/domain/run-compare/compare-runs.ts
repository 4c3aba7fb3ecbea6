import type { Leg, Plan } from "../plan.ts";
import type { RunState, StepStatus } from "../run.ts";
import { stepRows } from "../run-report/step-rows.ts";
import { outageOf } from "../run-view/outage.ts";

/** A run with its plans, as a comparison needs it. */
export interface Compared {
  state: RunState;
  plans: readonly Plan[];
}

/** How one of the two runs did a step; null: it has no such step. */
export interface Side {
  status: StepStatus;
  /** Of the last attempt, ms. */
  tookMs: number | null;
  attempts: number;
}

export interface StepPair {
  leg: Leg;
  phase: string;
  stepId: string;
  title: string;
  a: Side | null;
  b: Side | null;
  /** How much longer it took in b, ms; null where one of them did not do it. */
  laterMs: number | null;
}

export interface Comparison {
  pairs: StepPair[];
  /** How long OMS was out, ms; null where it was not, or still is. */
  outageMs: readonly [number | null, number | null];
  /** From the start to the end, ms. */
  totalMs: readonly [number | null, number | null];
  /** Steps that took a quarter and five seconds longer in b, and shorter, the largest difference first. */
  slower: StepPair[];
  faster: StepPair[];
}

/** Differences below both of these are the machine's mood. */
const worthSaying = { ms: 5_000, share: 0.25 };

/** Two runs side by side: the same step of both in one row, in a's order. Pure. */
export function compareRuns(a: Compared, b: Compared): Comparison {
  const rowsA = new Map(stepRows(a.plans, a.state).map((row) => [keyOf(row), row]));
  const rowsB = new Map(stepRows(b.plans, b.state).map((row) => [keyOf(row), row]));
  const keys = [...new Set([...rowsA.keys(), ...rowsB.keys()])];
  const pairs = keys.flatMap((key): StepPair[] => {
    const [left, right] = [rowsA.get(key) ?? null, rowsB.get(key) ?? null];
    const known = left ?? right;
    if (!known) return [];
    const { leg, phase, stepId, title } = known;
    const laterMs =
      left?.tookMs == null || right?.tookMs == null ? null : right.tookMs - left.tookMs;
    return [{ leg, phase, stepId, title, a: sideOf(left), b: sideOf(right), laterMs }];
  });
  const differ = pairs.filter(isWorthSaying);
  const by = (sign: 1 | -1) => (x: StepPair, y: StepPair) =>
    sign * ((y.laterMs ?? 0) - (x.laterMs ?? 0));
  return {
    pairs,
    outageMs: [outageMs(a.state), outageMs(b.state)],
    totalMs: [totalMs(a.state), totalMs(b.state)],
    slower: differ.filter(({ laterMs }) => (laterMs ?? 0) > 0).sort(by(1)),
    faster: differ.filter(({ laterMs }) => (laterMs ?? 0) < 0).sort(by(-1)),
  };
}

/** The same step of another deployment is the one of the same id: it names the kind and the node. */
const keyOf = ({ leg, stepId }: { leg: Leg; stepId: string }) => `${leg} ${stepId}`;

function sideOf(row: { status: StepStatus; tookMs: number | null; attempts: number } | null) {
  return row && { status: row.status, tookMs: row.tookMs, attempts: row.attempts };
}

export function isWorthSaying({ laterMs, a }: Pick<StepPair, "laterMs" | "a">): boolean {
  if (laterMs === null) return false;
  const difference = Math.abs(laterMs);
  return difference >= worthSaying.ms && difference >= (a?.tookMs ?? 0) * worthSaying.share;
}

function outageMs(state: RunState): number | null {
  const outage = outageOf(state);
  return outage?.until ? Date.parse(outage.until) - Date.parse(outage.since) : null;
}

function totalMs({ createdAt, endedAt }: RunState): number | null {
  return endedAt ? Date.parse(endedAt) - Date.parse(createdAt) : null;
}
