import type { NodeId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Step } from "../step.ts";
import { isForOneNode, type NodesLeftOut, remaining } from "./left-out.ts";

/**
 * The plan as it is carried out without the nodes that were left out: databases are reached through
 * another node (of the same region where there is one), and steps that were moved are done where they
 * were moved to. The reviewed plan itself never changes. Pure; the engine and the browser use it alike.
 */
export function planWithout(plan: Plan, run: Pick<RunState, "leftOut" | "steps">): Plan {
  if (Object.keys(run.leftOut).length === 0) return plan;
  const standIns = standInsFor(plan, run.leftOut);
  return {
    ...plan,
    steps: plan.steps.map((step) => stepWithout(plan, step, run.steps[step.id]?.movedTo, standIns)),
  };
}

/** The same without the steps of nodes that are not there any more: what a rollback is made from. */
export function remainingPlan(plan: Plan, run: Pick<RunState, "leftOut" | "steps">): Plan {
  const { steps, ...rest } = planWithout(plan, run);
  const isThere = (step: Step) =>
    !isForOneNode(step) || !("nodeId" in step.params) || !(step.params.nodeId in run.leftOut);
  return { ...rest, steps: steps.filter(isThere) };
}

/** For each node that was left out the one through which its servers are reached. */
function standInsFor({ hosts }: Plan, leftOut: NodesLeftOut): ReadonlyMap<NodeId, NodeId> {
  return new Map(
    hosts.flatMap(({ nodeId, regionId }) => {
      const [other] = remaining(hosts, leftOut, regionId);
      return nodeId in leftOut && other ? [[nodeId, other.nodeId] as const] : [];
    }),
  );
}

function stepWithout(
  plan: Plan,
  step: Step,
  movedTo: NodeId | null | undefined,
  standIns: ReadonlyMap<NodeId, NodeId>,
): Step {
  const { params, scope } = step;
  const from = "nodeId" in params ? params.nodeId : null;
  const through = (nodeId: NodeId) => standIns.get(nodeId) ?? nodeId;
  const moved = (nodeId: NodeId) => (movedTo && nodeId === from ? movedTo : through(nodeId));
  const changed: Record<string, unknown> = { ...params };
  if (movedTo && from) changed.nodeId = movedTo;
  if ("route" in params) changed.route = { ...params.route, via: through(params.route.via) };
  if (movedTo && "tool" in params) {
    changed.tool = plan.hosts.find(({ nodeId }) => nodeId === movedTo)?.dumpTool;
  }
  if ("console" in params) changed.console = consoleWithout(plan, params.console, standIns);
  // Ids change for ids and nothing else, so the step keeps the shape of its kind.
  return {
    ...step,
    params: changed,
    scope:
      movedTo && "nodeId" in scope && scope.nodeId === from ? { ...scope, nodeId: movedTo } : scope,
    commands: step.commands.map((one) => ({ ...one, nodeId: moved(one.nodeId) })),
  } as Step;
}

/** The console in which a person changes HA is one that is still there. */
function consoleWithout(
  { hosts }: Plan,
  console: string,
  standIns: ReadonlyMap<NodeId, NodeId>,
): string {
  if (console === "") return console;
  const url = new URL(console);
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  const there = hosts.find(({ address }) => address === bare);
  const standIn = there && standIns.get(there.nodeId);
  const address = hosts.find(({ nodeId }) => nodeId === standIn)?.address;
  return address ? console.replace(bare, address) : console;
}
