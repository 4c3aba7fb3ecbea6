import type { StepId } from "../ids.ts";
import { Phase, type Step } from "../step.ts";

export interface PlanPhase {
  phase: Phase;
  /** Steps of one group wait for the same and run at once; groups follow each other. */
  groups: Step[][];
  count: number;
}

/**
 * The phases of a plan in the order in which they begin, each with its parallel groups. A rollback
 * restores before it starts, so the order comes from the dependencies, not from the phase's name.
 */
export function planPhases(steps: readonly Step[]): PlanPhase[] {
  const depths = depthsOf(steps);
  const depthOf = (step: Step) => depths.get(step.id) ?? 0;
  const phases = Phase.options.flatMap((phase) => {
    const own = steps.filter((step) => step.phase === phase);
    if (own.length === 0) return [];
    const groups = [...Map.groupBy(own, depthOf)].sort(([a], [b]) => a - b);
    return [{ phase, groups: groups.map(([, group]) => group), from: groups[0]?.[0] ?? 0, own }];
  });
  return phases
    .sort((a, b) => a.from - b.from)
    .map(({ phase, groups, own }) => ({ phase, groups, count: own.length }));
}

/** How many steps stand before each one, along its longest way. */
function depthsOf(steps: readonly Step[]): Map<StepId, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const depths = new Map<StepId, number>();
  const depth = (step: Step): number => {
    const known = depths.get(step.id);
    if (known !== undefined) return known;
    // A circle cannot be planned; should one be shown all the same, it must not hang the page.
    depths.set(step.id, 0);
    const before = step.after.flatMap((id) => byId.get(id) ?? []);
    const own = before.reduce((most, each) => Math.max(most, depth(each) + 1), 0);
    depths.set(step.id, own);
    return own;
  };
  for (const step of steps) depth(step);
  return depths;
}
