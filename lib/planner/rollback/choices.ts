import { UpliftError } from "#lib/domain/errors.ts";
import { hopsOf } from "#lib/domain/hops.ts";
import type { PlanId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RollbackChoice } from "#lib/domain/rollback.ts";
import type { RunState } from "#lib/domain/run.ts";
import { planRollback } from "../plan-rollback.ts";
import { isReached } from "./history.ts";

/**
 * The releases that a run can be rolled back to, the latest first: the beginning, and in a chain every
 * release on the way that has served. Each is planned, so what is said of it is what would be done. Pure.
 */
export function rollbackChoices(forward: Plan, run: RunState): RollbackChoice[] {
  return hopsOf(forward)
    .flatMap(({ fromVersion: version }, index): RollbackChoice[] => {
      const hop = index + 1;
      if (!isReached(forward, run, hop)) return [];
      try {
        const plan = planRollback({ planId: previewId, forward, run, hop });
        return [{ hop, version, consequences: plan.summary, whyNot: null }];
      } catch (error) {
        if (!(error instanceof UpliftError)) throw error;
        return [{ hop, version, consequences: [], whyNot: error.text }];
      }
    })
    .reverse();
}

/** These plans are read and thrown away. */
const previewId = "pln_000000000000" as PlanId;
