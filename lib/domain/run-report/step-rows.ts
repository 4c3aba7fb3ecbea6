import type { Leg, Plan } from "../plan.ts";
import type { RunState, StepState } from "../run.ts";
import { phaseNames } from "../run-view/phase-names.ts";
import { hostNames, nodeOf, stepTitle } from "../run-view/step-words.ts";
import { csv } from "./csv.ts";

/** A step of a run with how it went. */
export interface StepRow {
  leg: Leg;
  phase: string;
  stepId: string;
  title: string;
  /** The node's name; null for what belongs to the deployment as a whole. */
  host: string | null;
  status: StepState["status"];
  attempts: number;
  startedAt: string | null;
  endedAt: string | null;
  /** Of the last attempt, ms; null while it runs or when it never began. */
  tookMs: number | null;
  /** Why a person skipped it, marked it done or approved it, and who that was. */
  reason: string | null;
  by: string | null;
  error: string | null;
}

/** Every step of the legs that were started, in the order of their plans. Pure. */
export function stepRows(plans: readonly Plan[], run: RunState): StepRow[] {
  const names = hostNames(plans);
  return plans.flatMap((plan) =>
    plan.steps.flatMap((step): StepRow[] => {
      const state = run.steps[step.id];
      if (!state) return [];
      const { status, attempt: attempts, startedAt, endedAt, reason, error } = state;
      const node = state.movedTo ?? nodeOf(step);
      return [
        {
          ...{ leg: plan.leg, phase: phaseNames[step.phase], stepId: step.id },
          ...{ title: stepTitle(step, names), host: node && (names.get(node) ?? node) },
          ...{ status, attempts, startedAt, endedAt },
          tookMs: startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : null,
          ...{ reason: reason?.text ?? null, by: reason?.by.name ?? null },
          error: error?.message ?? null,
        },
      ];
    }),
  );
}

const columns = [
  ...["leg", "phase", "step", "title", "host", "status", "attempts", "started", "ended"],
  ...["seconds", "reason", "by", "error"],
];

/** The steps as a table for a spreadsheet; times are UTC. Pure. */
export function stepsCsv(rows: readonly StepRow[]): string {
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  return csv([
    columns,
    ...rows.map((row) => [
      ...[row.leg, row.phase, row.stepId, row.title, row.host, row.status, row.attempts],
      ...[row.startedAt, row.endedAt, seconds(row.tookMs), row.reason, row.by, row.error],
    ]),
  ]);
}
