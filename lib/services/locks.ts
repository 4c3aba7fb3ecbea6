import { z } from "zod";
import { errorInfo } from "#lib/domain/errors.ts";
import { type DeploymentId, NodeId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { type BrokenLock, holderWords, type SeenLock } from "#lib/domain/lock.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { readLockText } from "#lib/remote/lock-text.ts";
import { audit } from "#lib/store/audit.ts";
import { transaction } from "#lib/store/client.ts";
import { access } from "./access.ts";
import { dashboard } from "./installation.ts";
import { requireInventory } from "./inventory-reading.ts";
import { permit } from "./permit.ts";
import { notFound } from "./refusals.ts";
import { parseRequest } from "./request-invalid.ts";
import type { BreakResult, HostLock } from "./views.ts";

/** Deadline of one look at a lock, and of one breaking, milliseconds. */
const timeoutMs = 15_000;

/**
 * Who holds the hosts of a deployment now.
 *
 * @param only these nodes; without them all
 * @throws UpliftError forbidden, not_found
 */
export async function listLocks(
  actor: Actor,
  deploymentId: DeploymentId,
  only: readonly NodeId[] = [],
): Promise<HostLock[]> {
  permit(actor, "run.read");
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
}

const BreakLocks = z.object({
  locks: z
    .array(z.object({ nodeId: NodeId, text: z.string().min(1).max(5_000) }))
    .min(1, "Name the locks."),
  reason: z.string().trim().min(1, "Give a reason; the audit keeps it.").max(2_000),
});

/**
 * Takes locks away that were seen, whoever holds them, because a person answers for it. The audit
 * knows of it before a host does; a lock that has changed hands since it was seen stays.
 *
 * @returns for each lock whether it is gone, and what kept it otherwise
 * @throws UpliftError request.invalid, forbidden, not_found
 */
export async function breakLocks(
  actor: Actor,
  deploymentId: DeploymentId,
  input: unknown,
): Promise<BreakResult[]> {
  permit(actor, "run.control");
  const { locks, reason } = parseRequest(BreakLocks, input);
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
}

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
