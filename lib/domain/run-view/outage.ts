import type { RunState } from "../run.ts";

/** How long OMS was or is out; ISO 8601. `until` is null while it still is. */
export interface Outage {
  since: string;
  until: string | null;
}

/**
 * The outage clock: T1 to T2. A rollback of a finished upgrade is an outage of its own, T3 until HA
 * is back; one of an unfinished upgrade goes on counting from T1.
 */
export function outageOf({ leg, marks }: Pick<RunState, "leg" | "marks">): Outage | null {
  const { T1, T2, T3, HA_BACK } = marks;
  if (leg === "rollback" && (T3 || !T2)) {
    const since = T2 ? T3 : T1;
    return since ? { since: since.time, until: HA_BACK?.time ?? null } : null;
  }
  return T1 ? { since: T1.time, until: T2?.time ?? null } : null;
}
