import { groupBy } from "../group-by.ts";
import type { NodeId, StepId } from "../ids.ts";
import type { Plan, PlanHost } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Step } from "../step.ts";

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
    ...noWayBack(plan, name, lost),
    `Remove ${name} from the deployment afterwards, or repair it by hand; its lock is taken away when it answers again.`,
  ];
}

/** In a chain each hop has its own backups: the way back to another one may be open. */
function noWayBack(
  { hops }: Pick<Plan, "hops">,
  name: string,
  lost: RunState["backups"],
): string[] {
  return [...groupBy(lost, ({ version }) => version)].map(([version, backups]) => {
    const where = hops.length > 0 && version !== null ? ` to ${version}` : "";
    const databases = backups.map(({ database }) => database).join(", ");
    return `There is no way back${where} then: the backup of ${databases} is on ${name} alone.`;
  });
}

/**
 * Containers that may still run on a node which was left out: whether it answered when it was to stop
 * them is what the journal knows.
 *
 * @param plan of the leg under way, or of the leg whose containers are meant
 */
export function standingOn(plan: Plan, run: RunState, nodeId: NodeId): string[] {
  const name = plan.hosts.find((host) => host.nodeId === nodeId)?.name ?? nodeId;
  const here = plan.steps.filter(({ params }) => "nodeId" in params && params.nodeId === nodeId);
  const begun = ({ id }: Pick<Step, "id">) => (run.steps[id]?.attempt ?? 0) > 0;
  const made = new Map(
    here.flatMap((step) =>
      step.kind === "container.start" ? [[step.params.container.name, step] as const] : [],
    ),
  );
  const stopped = new Set(
    here.flatMap((step) =>
      step.kind === "container.stop" && run.steps[step.id]?.status === "succeeded"
        ? [step.params.containerName]
        : [],
    ),
  );
  return here.flatMap((step): string[] => {
    if (step.kind === "container.stop" && !made.has(step.params.containerName)) {
      const { containerName } = step.params;
      return stopped.has(containerName)
        ? []
        : [`Whether ${containerName} on ${name} stopped is not known.`];
    }
    if (
      step.kind === "container.start" &&
      begun(step) &&
      !stopped.has(step.params.container.name)
    ) {
      return [`${step.params.container.name} may run on ${name}.`];
    }
    return [];
  });
}
