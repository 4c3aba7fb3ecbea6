import { z } from "zod";
import { errorInfo } from "#lib/domain/errors.ts";
import { DeploymentId, NodeId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { type BrokenLock, holderWords, type SeenLock } from "#lib/domain/lock.ts";
import { allNodes } from "#lib/domain/regions.ts";
import { readLockText } from "#lib/remote/lock-text.ts";
import { access } from "#lib/services/access.ts";
import { dashboard } from "#lib/services/installation.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { notFound } from "#lib/services/refusals.ts";
import { BreakResult, HostLock } from "#lib/services/views.ts";
import { audit } from "#lib/store/audit.ts";
import { transaction } from "#lib/store/client.ts";
import { operation } from "./operation.ts";

/** Deadline of one look at a lock, and of one breaking, milliseconds. */
const timeoutMs = 15_000;

/** Who holds the hosts of a deployment now. @throws UpliftError not_found */
export const listLocks = operation({
  name: "locks.list",
  permission: "run.read",
  /** `nodes`: these alone; all when none is named. */
  input: z.object({ deploymentId: DeploymentId, nodes: z.array(NodeId).max(500).default([]) }),
  output: z.array(HostLock),
  async run(_actor, { deploymentId, nodes: only }) {
    const nodes = nodesOf(await requireInventory(deploymentId));
    return Promise.all(
      nodes
        .filter(({ id }) => only.length === 0 || only.includes(id))
        .map(async ({ id: nodeId, name }): Promise<HostLock> => {
          try {
            const lock = await (await access.host(nodeId)).lock.look({ timeoutMs });
            const standing = lock && (await access.lockStanding(lock));
            return { nodeId, name, lock: lock && standing && { ...lock, standing }, trouble: null };
          } catch (error) {
            return { nodeId, name, lock: null, trouble: errorInfo(error).message };
          }
        }),
    );
  },
});

/**
 * Takes locks away that were seen, whoever holds them, because a person answers for it. The audit
 * knows of it before a host does; a lock that has changed hands since it was seen stays.
 *
 * @returns for each lock whether it is gone, and what kept it otherwise
 * @throws UpliftError not_found
 */
export const breakLocks = operation({
  name: "locks.break",
  permission: "run.control",
  input: z.object({
    deploymentId: DeploymentId,
    locks: z
      .array(z.object({ nodeId: NodeId, text: z.string().min(1).max(5_000) }))
      .min(1, "Name the locks."),
    reason: z.string().trim().min(1, "Give a reason; the audit keeps it.").max(2_000),
  }),
  output: z.array(BreakResult),
  async run(actor, { deploymentId, locks, reason }) {
    const names = new Map(
      nodesOf(await requireInventory(deploymentId)).map(({ id, name }) => [id, name]),
    );
    const wanted = locks.map(({ nodeId, text }) => {
      const name = names.get(nodeId);
      if (name === undefined) throw notFound("node of this deployment", nodeId);
      return { nodeId, name, seen: readLockText(text) };
    });
    const target = { type: "deployment", id: deploymentId } as const;
    const told = wanted.map(({ name, nodeId, seen }) => ({
      ...{ node: name, nodeId, heldBy: holderWords(seen) },
      runId: seen.holder?.runId ?? null,
    }));
    await transaction((tx) => audit(tx, actor, "lock.break", target, { reason, locks: told }));
    const here = await dashboard();
    const note: BrokenLock = {
      by: actor.name,
      dashboard: `${here.url} (host ${here.host})`,
      at: new Date().toISOString(),
      reason,
    };
    const results = await Promise.all(wanted.map((one) => breakOne(one, note)));
    const kept = results.filter(({ broken }) => !broken);
    if (kept.length > 0) {
      await transaction((tx) => audit(tx, actor, "lock.not-broken", target, { locks: kept }));
    }
    return results;
  },
});

async function breakOne(
  { nodeId, name, seen }: { nodeId: NodeId; name: string; seen: SeenLock },
  note: BrokenLock,
): Promise<BreakResult> {
  try {
    const answer = await (await access.host(nodeId)).lock.break(seen, note, { timeoutMs });
    if (answer.state !== "taken") return { nodeId, name, broken: true, why: null };
    const why = `Meanwhile ${name} is held by ${holderWords(answer.lock)}. Look again before you decide.`;
    return { nodeId, name, broken: false, why };
  } catch (error) {
    return { nodeId, name, broken: false, why: errorInfo(error).message };
  }
}

function nodesOf(inventory: Inventory) {
  return allNodes(inventory).map(({ node }) => node);
}
