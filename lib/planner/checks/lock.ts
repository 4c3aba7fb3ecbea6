import type { Check, NodeFacts } from "#lib/domain/facts.ts";
import { holderWords } from "#lib/domain/lock.ts";
import { lockCheckId } from "#lib/domain/lock-check.ts";
import { check } from "./check.ts";

/** Does another run hold the node? The run that is planned could not begin there. */
export function lockCheck({ nodeId, name, lock }: NodeFacts): Check {
  const id = `${lockCheckId}${nodeId}` as const;
  const title = "Lock";
  if (!lock) return check(id, name, title, "pass", `No run holds ${name}.`);
  const held = `Held by ${holderWords(lock)}`;
  switch (lock.standing) {
    case "own-ended":
      return check(
        id,
        name,
        title,
        "pass",
        `${held}. That run has ended; the next one takes the lock over.`,
      );
    case "own-active":
      return check(
        id,
        name,
        title,
        "warning",
        `${held}. It is a run of this dashboard, and not over.`,
        "Start the upgrade when that run has ended.",
      );
    case "foreign":
      return check(
        id,
        name,
        title,
        "fail",
        `${held}.`,
        "Wait until that run has ended, or ask who started it. If that dashboard is gone for good, break the lock with a reason, then check again.",
      );
  }
}
