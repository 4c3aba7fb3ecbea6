import { isNoAnswer } from "#lib/domain/errors.ts";
import type { NodeFacts } from "#lib/domain/facts.ts";
import type { NodeId } from "#lib/domain/ids.ts";

/** Looks that are further apart, milliseconds, say nothing about the time between them. */
const unbrokenMs = 90_000;

/** When the looks at a node that got no answer began, and the last of them; ms since the epoch. */
export interface Absence {
  since: number;
  last: number;
}

/**
 * The nodes that gave no answer, each since the first look of an unbroken row of looks. Pure.
 *
 * @param before what was known of the nodes of the same deployment
 */
export function absencesAfter(
  before: ReadonlyMap<NodeId, Absence>,
  nodes: readonly Pick<NodeFacts, "nodeId" | "seenAt" | "errors">[],
): Map<NodeId, Absence> {
  const after = new Map<NodeId, Absence>();
  for (const { nodeId, seenAt, errors } of nodes) {
    if (!errors.some(isNoAnswer)) continue;
    const last = Date.parse(seenAt);
    const known = before.get(nodeId);
    const unbroken = known !== undefined && last - known.last <= unbrokenMs;
    after.set(nodeId, { since: unbroken ? known.since : last, last });
  }
  return after;
}
