import type { PlanId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { isSettled, type RunState } from "#lib/domain/run.ts";
import type { Step, StepKind, StepOfKind } from "#lib/domain/step.ts";

export interface RollbackRequest {
  planId: PlanId;
  /** The plan of the forward leg and what its journal says happened. */
  forward: Plan;
  run: RunState;
  /** The first hop of a chain that is undone, counted from 1; left out: the upgrade is undone as a whole. */
  hop?: number | undefined;
}

/** How far the forward leg came; each level needs the undoing of those before it. */
export type RollbackDepth = "nothing" | "ha" | "containers" | "databases";

/**
 * What the forward leg may have changed. A step that was started counts as if it had done its work:
 * the truth may be unknown, and the way back must cover it.
 */
export function rollbackDepth(forward: Plan, run: RunState): RollbackDepth {
  const touched = (kind: StepKind) => startedSteps({ forward, run }, kind).length > 0;
  if (touched("metadata.init")) return "databases";
  if (touched("container.stop")) return "containers";
  if (touched("ha.disable")) return "ha";
  return "nothing";
}

/** All steps of a kind in the forward plan. */
export function stepsOf<K extends StepKind>(plan: Plan, kind: K): StepOfKind<K>[] {
  return plan.steps.filter((step): step is StepOfKind<K> & Step => step.kind === kind);
}

/** The steps of a kind that were begun, whatever became of them. */
export function startedSteps<K extends StepKind>(
  { forward, run }: Pick<RollbackRequest, "forward" | "run">,
  kind: K,
): StepOfKind<K>[] {
  return stepsOf(forward, kind).filter(({ id }) => (run.steps[id]?.attempt ?? 0) > 0);
}

/** The hop of a step, counted from 1; those of an upgrade in one hop belong to its first. */
export function hopOf({ hop }: Pick<Step, "hop">): number {
  return hop ?? 1;
}

/**
 * What a rollback to the beginning of a hop has to do with: the hops before it stay as they are. But HA,
 * once it was switched off, is off for all that follow.
 */
export function fromHop(forward: Plan, hop: number): Plan {
  return {
    ...forward,
    steps: forward.steps.filter(
      (step) => step.hop === null || step.hop >= hop || step.kind === "ha.disable",
    ),
  };
}

/** Whether everything before a hop has ended well, so that the release it starts from serves, or did. */
export function isReached(forward: Plan, run: RunState, hop: number): boolean {
  return forward.steps.every((step) => {
    if (step.hop === null || step.hop >= hop) return true;
    const status = run.steps[step.id]?.status;
    return status !== undefined && isSettled(status);
  });
}

/**
 * The part of a forward step's id that names its host or database: `stop.hz-1` and `h2.stop.hz-1` give
 * `hz-1`.
 */
export function keyOf({ id, hop }: { id: StepId; hop: number | null }): string {
  const name = hop === null ? id : id.slice(id.indexOf(".") + 1);
  return name.slice(name.indexOf(".") + 1);
}
