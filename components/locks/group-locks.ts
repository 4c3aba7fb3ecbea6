import { groupBy } from "#lib/domain/group-by.ts";
import type { SeenLock } from "#lib/domain/lock.ts";
import type { HostLock } from "#lib/services/views.ts";

/** Nodes that the same run holds, or that the same unreadable text stands on. */
export interface HeldNodes {
  key: string;
  /** The lock of the node that was taken first. */
  first: SeenLock;
  nodes: { nodeId: string; name: string; text: string }[];
}

/** One entry for each holder, in the order of the nodes. Pure. */
export function groupLocks(locks: readonly HostLock[]): HeldNodes[] {
  const held = locks.flatMap(({ nodeId, name, lock }) => (lock ? [{ nodeId, name, lock }] : []));
  const groups = groupBy(held, ({ lock: { holder, text } }) =>
    holder ? `${holder.dashboard.installation} ${holder.runId}` : text,
  );
  return [...groups].flatMap(([key, members]) => {
    const [first] = [...members].sort((a, b) => sinceOf(a.lock).localeCompare(sinceOf(b.lock)));
    if (!first) return [];
    const nodes = members.map(({ nodeId, name, lock }) => ({ nodeId, name, text: lock.text }));
    return [{ key, first: first.lock, nodes }];
  });
}

function sinceOf({ holder }: SeenLock): string {
  return holder?.since ?? "";
}
