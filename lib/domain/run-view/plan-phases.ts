import { groupBy } from "../group-by.ts";
import type { StepId } from "../ids.ts";
import { phaseOrder } from "../phase-order.ts";
import type { Phase, Step } from "../step.ts";

export interface PlanPhase {
  phase: Phase;
  /** The upgrade of a chain that it belongs to, counted from 1; null for what belongs to the whole. */
  hop: number | null;
  /** Steps of one group wait for the same and run at once; groups follow each other. */
  groups: Step[][];
  count: number;
}

/**
 * The phases of a plan in the order in which they begin, each with its parallel groups; those of each hop
 * of a chain for themselves. A rollback restores before it starts, so the order comes from the
 * dependencies, not from the phase's name.
 */
export function planPhases(steps: readonly Step[]): PlanPhase[] {
  const depths = depthsOf(steps);
  const depthOf = (step: Step) => depths.get(step.id) ?? 0;
  const phases = phaseOrder.flatMap((phase) => {
    const ofPhase = steps.filter((step) => step.phase === phase);
    return [...groupBy(ofPhase, ({ hop }) => hop)].map(([hop, own]) => {
      const groups = [...groupBy(own, depthOf)].sort(([a], [b]) => a - b);
      return {
        ...{ phase, hop, groups: groups.map(([, group]) => group) },
        ...{ from: groups[0]?.[0] ?? 0, own },
      };
    });
  });
  return phases
    .sort((a, b) => a.from - b.from)
    .map(({ phase, hop, groups, own }) => ({ phase, hop, groups, count: own.length }));
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
