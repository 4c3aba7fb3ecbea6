import type { PlanId } from "./ids.ts";

/**
 * The names of scratch databases, into which dumps are restored for practice. Nothing else is ever
 * created, filled or dropped by a rehearsal.
 */
const scratchName = /^uplift_rehearse_[a-z0-9]{12}_[0-9]{1,3}$/;

/** A database that a grant for rehearsals must cover, and the pattern that a GRANT names it by. */
export const scratchExample = "uplift_rehearse_000000000000_1";
export const scratchGrant = "uplift\\_rehearse\\_%";

/** The scratch database of a plan's n-th dump, counted from 1; no other plan has the same. */
export function scratchNameFor(planId: PlanId, number: number): string {
  return `uplift_rehearse_${planId.slice(planId.indexOf("_") + 1)}_${number}`;
}

/** Whether a name can only be a scratch database's. */
export function isScratchName(name: string): boolean {
  return scratchName.test(name);
}
