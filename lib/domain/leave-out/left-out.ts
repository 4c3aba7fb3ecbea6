import type { By } from "../events.ts";
import type { NodeId } from "../ids.ts";
import type { Plan, PlanHost } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Step, StepKind, StepOfKind } from "../step.ts";

/** A node that a person has left out of a run, because it is gone for good. */
export interface LeftOut {
  reason: string;
  by: By;
  /** ISO 8601 */
  at: string;
  /** When the step that showed it had found no answer, ISO 8601. */
  silentSince: string;
}

export type NodesLeftOut = Readonly<Record<NodeId, LeftOut>>;

/**
 * Kinds of steps that are of use to their one node alone: without it nobody misses them. All others
 * (a dump that stands there, the metadata of a region) are done on another node, or stand in the way.
 */
const forOneNode: ReadonlySet<StepKind> = new Set<StepKind>([
  "node.lock",
  "node.verify",
  "node.survey",
  "image.load",
  "container.stop",
  "container.start",
  "services.start",
  "node.health",
  "console.restart",
  "container.retire",
  "container.restart",
  // Its job went with the node; the scratch database is dropped when the run has ended.
  "rehearsal.end",
]);

/** Whether nothing but its node misses a step. */
export function isForOneNode({ kind }: Step): boolean {
  return forOneNode.has(kind);
}

/** The nodes that are still there, those of a region first. */
export function remaining(
  hosts: readonly PlanHost[],
  leftOut: NodesLeftOut,
  regionId?: PlanHost["regionId"],
): PlanHost[] {
  const there = hosts.filter(({ nodeId }) => !(nodeId in leftOut));
  return [
    ...there.filter((host) => host.regionId === regionId),
    ...there.filter((host) => host.regionId !== regionId),
  ];
}

/**
 * Whether the schema of a dump's database may have been changed since, so that it cannot be dumped
 * anew: rm and cm by any initialisation, a heartbeat database by one of its region. What an earlier hop
 * of a chain has changed belongs to the dump.
 */
export function isTouched(
  { steps, hosts }: Pick<Plan, "steps" | "hosts">,
  run: Pick<RunState, "steps">,
  {
    hop,
    params: { role, nodeId },
  }: {
    hop: number | null;
    params: Pick<StepOfKind<"database.dump">["params"], "role" | "nodeId">;
  },
): boolean {
  const regionOf = (id: NodeId) => hosts.find((host) => host.nodeId === id)?.regionId;
  return steps.some(
    (step) =>
      step.kind === "metadata.init" &&
      (step.hop ?? 1) >= (hop ?? 1) &&
      (run.steps[step.id]?.attempt ?? 0) > 0 &&
      (role !== "heartbeat" || regionOf(step.params.nodeId) === regionOf(nodeId)),
  );
}
