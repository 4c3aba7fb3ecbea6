import type { Text } from "./message.ts";
import type { Plan } from "./plan.ts";
import { attemptsBegun, type RunState } from "./run.ts";

/**
 * Whether a rollback plan does not fit its run any more: the upgrade has gone on since it was made, or a
 * node that it works on was left out.
 */
export function hasMovedOn(rollback: Plan, run: RunState): boolean {
  if (rollback.undoes?.attempts !== attemptsBegun(run, "forward")) return true;
  if (Object.keys(run.leftOut).length === 0) return false;
  return rollback.steps.some(({ params }) => "nodeId" in params && params.nodeId in run.leftOut);
}

/** A release that a run can be rolled back to. */
export interface RollbackChoice {
  /** The first hop that is undone, counted from 1. */
  hop: number;
  /** The release that serves afterwards. */
  version: string;
  /** What it does and what is lost, a sentence each; empty when it cannot be done. */
  consequences: Text[];
  /** Why it cannot be done, or null. */
  whyNot: Text | null;
}
