import type { PlanId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Step, StepKind, StepOfKind } from "#lib/domain/step.ts";

export interface RollbackRequest {
  planId: PlanId;
  /** The plan of the forward leg and what its journal says happened. */
  forward: Plan;
  run: RunState;
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

/** The part of a forward step's id that names its host or database: `stop.hz-1` gives `hz-1`. */
export function keyOf({ id }: { id: StepId }): string {
  return id.slice(id.indexOf(".") + 1);
}
