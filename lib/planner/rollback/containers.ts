import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Step, StepOfKind, StepParams } from "#lib/domain/step.ts";
import { makeStep } from "../make-step.ts";
import { hopOf, keyOf, type RollbackRequest, startedSteps, stepsOf } from "./history.ts";

/** Of a node's check a way back needs the old container alone: nothing else may stand in its way. */
const onlyTheContainer = {
  mustRun: false,
  configPath: null,
  configSha256: null,
  freeName: null,
  image: null,
  needBytes: 0,
  healthAt: null,
} as const;

type Add = (step: Step) => StepId;

/**
 * Locks the hosts: a run that is paused holds them still, one that had ended takes them again.
 *
 * @param only the host on which something will be done; null: on all
 */
export function lockNodes(forward: Plan, only: NodeId | null, add: Add): StepId[] {
  return looksOf(forward)
    .filter(({ params }) => only === null || params.nodeId === only)
    .map((step) =>
      add(
        makeStep({
          id: `rollback.lock.${keyOf(step)}`,
          kind: "node.lock",
          phase: "verify",
          scope: step.scope,
          params: { nodeId: step.params.nodeId },
          after: [],
        }),
      ),
    );
}

/** One check of every node: with a gate before the stops the upgrade looked twice. */
function looksOf(forward: Plan) {
  const looks = stepsOf(forward, "node.verify").map((step) => [step.params.nodeId, step] as const);
  return [...new Map(looks).values()];
}

/** Are the nodes there, and the containers on them that will run again? */
export function verifyNodes(request: RollbackRequest, after: StepId[], add: Add): StepId[] {
  return looksOf(request.forward).map((step) =>
    add(
      makeStep({
        id: `rollback.verify.${keyOf(step)}`,
        kind: "node.verify",
        phase: "verify",
        scope: step.scope,
        params: {
          ...step.params,
          ...onlyTheContainer,
          onTheWay: { freeNames: [], images: [] },
          ...containerBefore(request, step),
        },
        after,
      }),
    ),
  );
}

/** Behind the first hop of a chain the container to go back to is the one that the hop before has made. */
function containerBefore(
  { forward, run, hop = 1 }: RollbackRequest,
  look: StepOfKind<"node.verify">,
): Partial<StepParams<"node.verify">> {
  if (hop === 1) return {};
  const stop = stepsOf(forward, "container.stop").find(
    (step) => hopOf(step) === hop && step.params.nodeId === look.params.nodeId,
  );
  if (!stop) return {};
  const { containerName } = stop.params;
  const made = run.steps[`h${hop - 1}.start.${keyOf(stop)}` as StepId]?.output as {
    containerId?: unknown;
  } | null;
  const containerId = typeof made?.containerId === "string" ? made.containerId : null;
  return { containerName, containerId };
}

/** The containers that this rollback starts again: those that its first hop has stopped. */
function stoppedByFirst(request: RollbackRequest): StepOfKind<"container.stop">[] {
  const { hop = 1 } = request;
  return startedSteps(request, "container.stop").filter((step) => hopOf(step) === hop);
}

/** Whether a container of an earlier hop is known to be down, because the hop behind it has stopped it. */
export function isDown(
  { forward, run }: RollbackRequest,
  { nodeId, name }: { nodeId: NodeId; name: string },
): boolean {
  return stepsOf(forward, "container.stop").some(
    ({ id, params }) =>
      params.nodeId === nodeId &&
      params.containerName === name &&
      run.steps[id]?.status === "succeeded",
  );
}

/**
 * Stops the new containers (T3) and renames them, so that their logs stay and their name is free.
 *
 * @returns `down`: what must be over before a database goes: the stops (or what they waited for when nothing
 * had been started); `retired`: the renames
 */
export function stopNew(
  request: RollbackRequest,
  after: StepId[],
  add: Add,
): { down: StepId[]; retired: StepId[] } {
  const { forward } = request;
  const graceSeconds = stepsOf(forward, "container.stop")[0]?.params.graceSeconds ?? 60;
  const pairs = startedSteps(request, "container.start").map((step) => {
    const { nodeId, container } = step.params;
    // A container that took the new one's name before ours came is not ours to stop.
    const ours = { nodeId, containerName: container.name, ownedBy: forward.id };
    // A chain makes several containers on a node; of all but the last one the next hop has had the end.
    const part = step.hop === null ? "" : `h${step.hop}.`;
    const stopped = isDown(request, { nodeId, name: container.name })
      ? []
      : [
          add(
            makeStep({
              id: `rollback.${part}stop.${keyOf(step)}`,
              kind: "container.stop",
              phase: "stop",
              scope: step.scope,
              params: {
                ...ours,
                createdBy: step.id,
                mark: "T3",
                graceSeconds,
                restartPolicy: "no",
              },
              after,
            }),
          ),
        ];
    const retired = add(
      makeStep({
        id: `rollback.${part}retire.${keyOf(step)}`,
        kind: "container.retire",
        phase: "stop",
        scope: step.scope,
        params: { ...ours, newName: `${container.name}-rolled-back-${forward.id.slice(4)}` },
        after: stopped.length > 0 ? stopped : after,
      }),
    );
    return { stopped, retired };
  });
  // Who puts a container aside that is down looks whether it still is, and stops it if it is not.
  const down = pairs.flatMap(({ stopped, retired }) => (stopped.length > 0 ? stopped : [retired]));
  return {
    down: down.length > 0 ? down : after,
    retired: pairs.map(({ retired }) => retired),
  };
}

/** `docker restart` of every container that was stopped, and its health. @returns the last steps */
export function startOld(request: RollbackRequest, after: StepId[], add: Add): StepId[] {
  const health = new Map(
    stepsOf(request.forward, "node.health").map((step) => [step.params.nodeId, step]),
  );
  return stoppedByFirst(request).map((step) => {
    const { nodeId, containerName, restartPolicy } = step.params;
    const restarted = add(
      makeStep({
        id: `rollback.restart.${keyOf(step)}`,
        kind: "container.restart",
        phase: "start",
        scope: step.scope,
        params: { nodeId, containerName, restartPolicy },
        after,
      }),
    );
    const probe = health.get(nodeId);
    if (!probe) return restarted;
    return add(
      makeStep({
        id: `rollback.health.${keyOf(step)}`,
        kind: "node.health",
        phase: "health",
        scope: step.scope,
        params: { ...probe.params, containerName, restartPolicy },
        after: [restarted],
        timeoutMs: probe.timeoutMs,
      }),
    );
  });
}

/** The consoles read the HA setting again, where the forward leg made them do so. */
export function restartConsoles(request: RollbackRequest, after: StepId[], add: Add): void {
  if (stepsOf(request.forward, "console.restart").length === 0) return;
  for (const step of stoppedByFirst(request)) {
    const { nodeId, containerName } = step.params;
    add(
      makeStep({
        id: `rollback.restart-console.${keyOf(step)}`,
        kind: "console.restart",
        phase: "ha-on",
        scope: step.scope,
        params: { nodeId, containerName },
        after,
      }),
    );
  }
}
