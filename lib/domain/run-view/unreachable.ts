import type { NodeId } from "../ids.ts";
import type { Absence, RunState } from "../run.ts";
import type { HostNames } from "./step-words.ts";

export interface UnreachableNode extends Absence {
  nodeId: NodeId;
  name: string;
}

/** The nodes that give no answer now, the longest missed one first. Pure. */
export function unreachableNodes(run: RunState, names: HostNames): UnreachableNode[] {
  return Object.entries(run.unreachable)
    .map(([id, absence]) => {
      const nodeId = id as NodeId;
      return { nodeId, name: names.get(nodeId) ?? id, ...absence };
    })
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || a.name.localeCompare(b.name));
}
