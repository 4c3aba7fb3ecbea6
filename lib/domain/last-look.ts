import { z } from "zod";
import { NodeId } from "./ids.ts";

/** How a node was when it was looked at. */
export const nodeMarks = ["healthy", "unhealthy", "stopped", "unreachable", "unknown"] as const;
export type NodeMark = (typeof nodeMarks)[number];

/** The nodes of a deployment by id; one that was registered since then is not among them. */
export const NodeMarks = z.record(NodeId, z.enum(nodeMarks));
export type NodeMarks = z.infer<typeof NodeMarks>;

/** What a look tells of one node, in one word. Pure. */
export function markOf(seen: {
  healthy: boolean | null;
  running: boolean | null;
  unreachableSince: string | null;
}): NodeMark {
  if (seen.unreachableSince !== null) return "unreachable";
  if (seen.running === false) return "stopped";
  if (seen.healthy === null) return "unknown";
  return seen.healthy ? "healthy" : "unhealthy";
}

/** How many nodes are not known to be healthy. */
export const unwellOf = (marks: NodeMarks): number =>
  Object.values(marks).filter((mark) => mark !== "healthy").length;
