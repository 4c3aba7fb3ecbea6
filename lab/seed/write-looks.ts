import type { DatabaseSync } from "node:sqlite";
import type { NodeId } from "#lib/domain/ids.ts";
import { type NodeMark, type NodeMarks, unwellOf } from "#lib/domain/last-look.ts";
import type { Random } from "./random.ts";
import { column, type RowWriter, rowsOf } from "./rows.ts";

const marks = [
  [97, "healthy"],
  [1, "unhealthy"],
  [1, "stopped"],
  [1, "unreachable"],
] as const satisfies readonly (readonly [number, NodeMark])[];

/** What the newest look at most deployments found; at some of them nobody has looked yet. */
export function writeLooks(
  database: DatabaseSync,
  writer: RowWriter,
  { random, now }: { random: Random; now: number },
): void {
  const nodesOf = Map.groupBy(
    rowsOf(
      database,
      `SELECT n.id, r.deploymentId FROM "Node" n JOIN "Region" r ON r.id = n.regionId
       ORDER BY r.deploymentId, r.position, n.position`,
    ),
    ({ deploymentId }) => String(deploymentId),
  );
  for (const [deploymentId, rows] of nodesOf) {
    if (random.next() < 0.05) continue;
    const nodes: NodeMarks = Object.fromEntries(
      rows.map(({ id }) => [id as NodeId, random.weighted<NodeMark>(marks)]),
    );
    writer.insert("LastLook", {
      deploymentId,
      seenAt: column(now - random.between(0.01, 9) ** 3 * 3_600_000),
      unwell: unwellOf(nodes),
      ha: random.next() < 0.97 ? 1 : 0,
      nodes: JSON.stringify(nodes),
    });
  }
}
