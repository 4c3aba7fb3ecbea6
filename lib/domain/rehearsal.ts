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

/** Plans count their scratch databases from 1; this one is of a preflight that tries rights. */
const tryName = /^uplift_rehearse_([a-z0-9]{7})[a-z0-9]{5}_0$/;

/** After so long no try is under way any more, milliseconds. */
const tryLastsMs = 3_600_000;

/**
 * A new name for the scratch database in which rights are tried: the time in seconds, to base 36, and
 * five letters or digits by chance.
 *
 * @param now ms since the epoch
 */
export function tryNameFor(now: number): string {
  const time = Math.floor(now / 1000)
    .toString(36)
    .padStart(7, "0");
  return `uplift_rehearse_${time}${crypto.randomUUID().slice(0, 5)}_0`;
}

/** Whether a name can only be that of a database in which rights are tried. */
export function isTryName(name: string): boolean {
  return tryName.test(name);
}

/** Whether a try of that name has ended or died: what is there of it is a leftover. */
export function isTryOver(name: string, now: number): boolean {
  const time = tryName.exec(name)?.[1];
  return time !== undefined && now - Number.parseInt(time, 36) * 1000 > tryLastsMs;
}
