import { groupBy } from "../group-by.ts";
import type { NodeId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import { isSettled, type RunState, type StepState } from "../run.ts";
import { isWork, type WorkStep } from "../step.ts";
import { type HostNames, nodeOf, stepDoing } from "./step-words.ts";

export type PlaceStatus = "pending" | "running" | "failed" | "uncertain" | "succeeded";

/** How far a run is at one place: a node, or a database. */
export interface Place {
  status: PlaceStatus;
  /** Steps that have ended well, and steps there are. */
  done: number;
  all: number;
  /** What is done there now, or what has gone wrong: "Stopping oms_330 on hz-1". */
  doing: string | null;
  /** Since when, ISO 8601. */
  since: string | null;
}

/** A node as a run sees it. */
export interface NodePlace extends Place {
  nodeId: NodeId;
  name: string;
  region: string;
  /** It gives no answer, and the run needs it. */
  unreachable: boolean;
  leftOut: boolean;
}

export interface DatabasePlace extends Place {
  database: string;
}

/** Where a leg is on each node, in the order of the plan. Pure. */
export function nodePlaces(plan: Plan, run: RunState, names: HostNames): NodePlace[] {
  const byNode = groupBy(plan.steps.filter(isWork), (step) => placedOn(step, run));
  return plan.hosts.map(({ nodeId, name, region }) => ({
    ...{ nodeId, name, region },
    ...placeOf(byNode.get(nodeId) ?? [], run, names),
    unreachable: nodeId in run.unreachable,
    leftOut: nodeId in run.leftOut,
  }));
}

/** Where a leg is with each database it works on. Pure. */
export function databasePlaces(plan: Plan, run: RunState, names: HostNames): DatabasePlace[] {
  const byDatabase = groupBy(plan.steps.filter(isWork), ({ params }) =>
    "database" in params ? params.database : null,
  );
  return [...byDatabase].flatMap(([database, steps]) =>
    database === null ? [] : [{ database, ...placeOf(steps, run, names) }],
  );
}

function placedOn(step: WorkStep, run: RunState): NodeId | null {
  return run.steps[step.id]?.movedTo ?? nodeOf(step);
}

function placeOf(steps: readonly WorkStep[], run: RunState, names: HostNames): Place {
  const stands = steps.flatMap((step) => {
    const state = run.steps[step.id];
    return state ? [{ step, state }] : [];
  });
  const inState = (status: StepState["status"]) =>
    stands.find(({ state }) => state.status === status);
  const done = stands.filter(({ state }) => isSettled(state.status)).length;
  const worst = inState("failed") ?? inState("uncertain") ?? inState("running");
  const rest = done === stands.length && done > 0 ? "succeeded" : "pending";
  return {
    status: worst ? (worst.state.status as PlaceStatus) : rest,
    ...{ done, all: stands.length },
    doing: worst ? stepDoing(worst.step, names) : null,
    since: worst?.state.startedAt ?? null,
  };
}
