import type { Plan, PlanHop } from "./plan.ts";

/** The upgrades of a plan, counted from 1; one for a direct upgrade. */
export function hopsOf(plan: Pick<Plan, "hops" | keyof PlanHop>): [PlanHop, ...PlanHop[]] {
  const { fromVersion, toVersion, image, containerName } = plan;
  const [first, ...others] = plan.hops;
  return first ? [first, ...others] : [{ fromVersion, toVersion, image, containerName }];
}
