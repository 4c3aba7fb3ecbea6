import type { DeploymentId } from "#lib/domain/ids.ts";
import { type NodeMarks, unwellOf } from "#lib/domain/last-look.ts";
import { transaction } from "./client.ts";

export interface Look {
  /** ISO 8601 */
  seenAt: string;
  ha: boolean | null;
  nodes: NodeMarks;
}

/** Remembers a look; a deployment that was deleted meanwhile is not missed. */
export async function keepLook(deploymentId: DeploymentId, look: Look): Promise<void> {
  const row = {
    seenAt: new Date(look.seenAt),
    unwell: unwellOf(look.nodes),
    ha: look.ha,
    nodes: JSON.stringify(look.nodes),
  };
  await transaction(async (tx) => {
    if ((await tx.deployment.count({ where: { id: deploymentId } })) === 0) return;
    await tx.lastLook.upsert({
      where: { deploymentId },
      create: { deploymentId, ...row },
      update: row,
    });
  });
}
