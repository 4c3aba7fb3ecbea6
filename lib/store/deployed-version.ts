import { hopsOf } from "#lib/domain/hops.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import { type Leg, Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Tx } from "./client.ts";

/** After a forward leg that succeeded the inventory names the new version and its containers. */
export async function adoptUpgrade(tx: Tx, state: RunState): Promise<void> {
  const plan = await planOf(tx, state, "forward");
  const upgraded = plan.hosts.filter(({ nodeId }) => !(nodeId in state.leftOut));
  const containers = new Map(upgraded.map(({ nodeId }) => [nodeId, plan.containerName]));
  await setDeployed(tx, plan, plan.toVersion, containers);
}

/**
 * After a rollback it names what serves again: the version that the first hop that was undone started
 * from, and the containers which that hop had stopped.
 */
export async function revertUpgrade(tx: Tx, state: RunState): Promise<void> {
  const plan = await planOf(tx, state, "forward");
  const { undoes } = await planOf(tx, state, "rollback");
  const hop = undoes?.hop ?? 1;
  const version = hopsOf(plan)[hop - 1]?.fromVersion ?? plan.fromVersion;
  const containers = new Map(
    plan.steps.flatMap((step) =>
      step.kind === "container.stop" && (step.hop ?? 1) === hop
        ? [[step.params.nodeId, step.params.containerName] as const]
        : [],
    ),
  );
  // On a node that was left out nobody has seen a container of a hop on the way.
  if (hop > 1) for (const nodeId of nodesLeftOut(state)) containers.delete(nodeId);
  await setDeployed(tx, plan, version, containers);
}

function nodesLeftOut({ leftOut }: RunState): NodeId[] {
  return Object.keys(leftOut) as NodeId[];
}

async function planOf(tx: Tx, state: RunState, wanted: Leg): Promise<Plan> {
  const id = state.plans.find(({ leg }) => leg === wanted)?.planId;
  if (!id) throw new Error(`run ${state.runId} has no ${wanted} plan`);
  const row = await tx.plan.findUniqueOrThrow({ where: { id }, select: { body: true } });
  return Plan.parse(JSON.parse(row.body));
}

async function setDeployed(
  tx: Tx,
  plan: Plan,
  version: string,
  containers: ReadonlyMap<NodeId, string>,
): Promise<void> {
  await tx.deployment.update({
    where: { id: plan.deploymentId },
    data: { version, revision: { increment: 1 } },
  });
  for (const [id, containerName] of containers) {
    // A node that was removed from the inventory since then is not missed.
    await tx.node.updateMany({ where: { id }, data: { containerName } });
  }
}
