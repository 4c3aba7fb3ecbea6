import type { NodeId } from "#lib/domain/ids.ts";
import { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Tx } from "./client.ts";

/** After a forward leg that succeeded the inventory names the new version and its containers. */
export async function adoptUpgrade(tx: Tx, state: RunState): Promise<void> {
  const plan = await forwardPlan(tx, state);
  const upgraded = plan.hosts.filter(({ nodeId }) => !(nodeId in state.leftOut));
  const containers = new Map(upgraded.map(({ nodeId }) => [nodeId, plan.containerName]));
  await setDeployed(tx, plan, plan.toVersion, containers);
}

/** After a rollback it names what the forward leg found: the old version and its containers. */
export async function revertUpgrade(tx: Tx, state: RunState): Promise<void> {
  const plan = await forwardPlan(tx, state);
  const containers = new Map(
    plan.steps.flatMap((step) =>
      step.kind === "container.stop"
        ? [[step.params.nodeId, step.params.containerName] as const]
        : [],
    ),
  );
  await setDeployed(tx, plan, plan.fromVersion, containers);
}

async function forwardPlan(tx: Tx, state: RunState): Promise<Plan> {
  const id = state.plans.find(({ leg }) => leg === "forward")?.planId;
  if (!id) throw new Error(`run ${state.runId} has no forward plan`);
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
