import type { NodeId } from "#lib/domain/ids.ts";

/** What of the picture is shown in detail. */
export type Pick =
  | { kind: "node"; nodeId: NodeId }
  | { kind: "metadb" }
  | { kind: "heartbeat"; region: string };

export const samePick = (a: Pick | null, b: Pick): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
