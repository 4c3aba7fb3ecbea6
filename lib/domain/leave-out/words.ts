import type { NodeId, StepId } from "../ids.ts";
import type { Plan, PlanHost } from "../plan.ts";
import type { RunState } from "../run.ts";

interface Decision {
  plan: Plan;
  run: RunState;
  node: PlanHost;
  away: readonly StepId[];
  moved: readonly { stepId: StepId; nodeId: NodeId }[];
}

/** What follows from leaving a node out, one sentence each. */
export function consequencesOf({ plan, run, node, away, moved }: Decision): string[] {
  const { name, nodeId } = node;
  const nameOf = (id: NodeId) => plan.hosts.find((host) => host.nodeId === id)?.name ?? id;
  const movedTo = new Map(moved.map((one) => [one.stepId, nameOf(one.nodeId)]));
  const instead = plan.steps.flatMap((step): string[] => {
    const to = movedTo.get(step.id);
    const begun = (run.steps[step.id]?.attempt ?? 0) > 0;
    if (!to) {
      return step.kind === "metadata.init" && begun && away.includes(step.id)
        ? [`docker_init.sh may have begun on ${name}; the other nodes run it, too.`]
        : [];
    }
    if (step.kind === "metadata.init") {
      return begun
        ? [`docker_init.sh may have begun on ${name}; it is run again, on ${to}.`]
        : [`docker_init.sh runs on ${to} instead.`];
    }
    if (step.kind !== "database.dump") return [];
    const { database, key } = step.params;
    return run.backups.some((backup) => backup.key === key)
      ? [`${database} is backed up anew, on ${to}: the backup on ${name} is out of reach.`]
      : [`${database} is backed up on ${to} instead.`];
  });
  const lost = run.backups.filter(
    (backup) =>
      run.leg === "forward" &&
      backup.nodeId === nodeId &&
      !moved.some(({ stepId }) => {
        const step = plan.steps.find(({ id }) => id === stepId);
        return step?.kind === "database.dump" && step.params.key === backup.key;
      }),
  );
  return [
    `You say that ${name} is gone for good. Nothing more is done there, in this run or its rollback.`,
    [...standingOn(plan, run, nodeId), `See to it that ${name} is off and stays off.`].join(" "),
    ...instead,
    ...(lost.length > 0
      ? [
          `There is no way back then: the backup of ${lost.map(({ database }) => database).join(", ")} is on ${name} alone.`,
        ]
      : []),
    `Remove ${name} from the deployment afterwards, or repair it by hand; its lock is taken away when it answers again.`,
  ];
}

/**
 * Containers that may still run on a node which was left out: whether it answered when it was to stop
 * them is what the journal knows.
 *
 * @param plan of the leg under way, or of the leg whose containers are meant
 */
export function standingOn(plan: Plan, run: RunState, nodeId: NodeId): string[] {
  const name = plan.hosts.find((host) => host.nodeId === nodeId)?.name ?? nodeId;
  return plan.steps.flatMap((step): string[] => {
    if (!("nodeId" in step.params) || step.params.nodeId !== nodeId) return [];
    const state = run.steps[step.id];
    if (step.kind === "container.stop" && state?.status !== "succeeded") {
      return [`Whether ${step.params.containerName} on ${name} stopped is not known.`];
    }
    if (step.kind === "container.start" && (state?.attempt ?? 0) > 0) {
      return [`${step.params.container.name} may run on ${name}.`];
    }
    return [];
  });
}
