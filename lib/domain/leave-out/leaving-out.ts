import { hasCompression } from "../compression.ts";
import type { NodeId, StepId } from "../ids.ts";
import type { Plan, PlanHost } from "../plan.ts";
import { isSettled, type RunState, type StepState, type StepStatus } from "../run.ts";
import type { Step } from "../step.ts";
import { isForOneNode, isTouched, remaining } from "./left-out.ts";
import { planWithout } from "./plan-without.ts";
import { consequencesOf } from "./words.ts";

/** What leaving out the node behind a step in trouble comes to. */
export type LeavingOut =
  | { allowed: false; why: string }
  | {
      allowed: true;
      node: PlanHost;
      /** Steps that nobody needs any more. */
      away: StepId[];
      /** Steps that are done on another node, or through it, from now on. */
      moved: { stepId: StepId; nodeId: NodeId }[];
      /** Sentences for whoever decides. */
      consequences: string[];
    };

/**
 * Whether a step's error is one that a node leaves behind when it is gone. (A bastion that is away hides
 * more than one node; what became of a MetaDB session says nothing of the node before the next try.)
 */
function isOfAGoneNode({ status, error }: Pick<StepState, "status" | "error">): boolean {
  switch (error?.code) {
    case "ssh.unreachable":
    case "ssh.connection_lost":
      return true;
    case "step.cancelled":
      // It was to be ended on its host, which could not be asked.
      return status === "uncertain" && error.host !== undefined;
    default:
      return false;
  }
}

const inTrouble: ReadonlySet<StepStatus> = new Set<StepStatus>(["failed", "uncertain"]);

/**
 * Decides what becomes of every step of the leg when the node behind a step in trouble is gone for
 * good: in the browser, where a person is asked, and in the engine, which does it. Pure.
 *
 * @param reviewed the plan of the leg under way, as it was reviewed
 */
export function leavingOut(reviewed: Plan, run: RunState, stepId: StepId): LeavingOut {
  const plan = planWithout(reviewed, run);
  const refuse = (why: string): LeavingOut => ({ allowed: false, why });
  const node = silentNode(plan, run, stepId);
  if (!node) return refuse("This step does not wait for a host that gives no answer.");
  const { nodeId, name } = node;
  const status = (step: Step) => run.steps[step.id]?.status ?? "pending";

  const stopped = plan.steps.some(
    (step) => step.kind === "container.stop" && (run.steps[step.id]?.attempt ?? 0) > 0,
  );
  if (run.leg === "forward" && !stopped) {
    return refuse(
      `No container was stopped yet: abandon the run or roll it back, remove ${name} from the deployment, and plan again.`,
    );
  }
  const leftOut = {
    ...run.leftOut,
    [nodeId]: { reason: "", by: { userId: "", name: "" }, at: "", silentSince: "" },
  };
  const others = remaining(plan.hosts, leftOut, node.regionId);
  const [any] = others;
  if (!any) return refuse(`${name} is the last node: there would be nothing left to work on.`);
  const standIn = any.regionId === node.regionId ? any : null;

  const hasToInitialise = plan.steps.some(
    (step) =>
      step.kind === "metadata.init" && step.params.nodeId === nodeId && !isSettled(status(step)),
  );
  if (!standIn && hasToInitialise) return refuse(lastOfRegion(node));

  const away: StepId[] = [];
  const moved: { stepId: StepId; nodeId: NodeId }[] = [];
  for (const step of plan.steps) {
    const now = status(step);
    if (!("nodeId" in step.params) || step.params.nodeId !== nodeId) {
      // Databases are reached through another node from now on; what broke on the way is done again.
      const through = "route" in step.params && step.params.route.via === nodeId;
      if (through && inTrouble.has(now)) moved.push({ stepId: step.id, nodeId: any.nodeId });
      if (holdsBackup(step, nodeId) && !isSettled(now))
        return refuse(needsBackup(plan, step, name));
      continue;
    }
    if (isForOneNode(step)) {
      if (!isSettled(now)) away.push(step.id);
      continue;
    }
    switch (step.kind) {
      case "metadata.init": {
        if (isSettled(now) || !standIn) break;
        if (initialisesElsewhere(plan, step, standIn, leftOut)) away.push(step.id);
        else moved.push({ stepId: step.id, nodeId: standIn.nodeId });
        break;
      }
      case "dump.trial":
        if (isSettled(now) || run.leg === "rollback") break;
        if (standIn?.dumpTool) moved.push({ stepId: step.id, nodeId: standIn.nodeId });
        else away.push(step.id);
        break;
      case "database.dump":
      case "dump.verify":
      case "database.rehearse": {
        if (run.leg === "rollback") {
          if (!isSettled(now)) return refuse(needsBackup(plan, step, name));
          break;
        }
        const dump = plan.steps.find(
          (one) => one.kind === "database.dump" && one.params.key === step.params.key,
        );
        if (dump?.kind !== "database.dump" || isTouched(plan, run, dump)) break;
        if (!standIn?.dumpTool) {
          return refuse(
            `The backup of ${step.params.database} is on ${name} alone, and no other node of ${node.region} can make another one. Roll back; there ${name} can be left out.`,
          );
        }
        const { compression, database } = dump.params;
        if (!hasCompression(compression, standIn.dumpTool.compressors)) {
          return refuse(
            `The backup of ${database} is planned to be compressed with ${compression}, which ${standIn.name} does not have. Install ${compression} on ${standIn.name}, roll back and make a new plan; in the rollback ${name} can be left out.`,
          );
        }
        moved.push({ stepId: step.id, nodeId: standIn.nodeId });
        break;
      }
      case "database.restore":
        if (!isSettled(now)) return refuse(needsBackup(plan, step, name));
        break;
      default:
        break;
    }
  }
  const consequences = consequencesOf({ plan, run, node, away, moved });
  return { allowed: true, node, away, moved, consequences };
}

function lastOfRegion({ name, region }: PlanHost): string {
  return `${name} is the last node of ${region}, whose metadata is not initialised: without it the upgrade cannot be completed. Roll back; there ${name} can be left out.`;
}

/**
 * The node whose silence explains a step's trouble: the one that the error names, or the only one that
 * the step uses; null when that is not what happened, or not certain.
 */
function silentNode(plan: Plan, run: RunState, stepId: StepId): PlanHost | null {
  const step = plan.steps.find(({ id }) => id === stepId);
  const state = run.steps[stepId];
  if (!step || !state || !inTrouble.has(state.status) || !isOfAGoneNode(state)) return null;
  const { params } = step;
  const used = new Set<NodeId>([
    ...("nodeId" in params ? [params.nodeId] : []),
    ...("route" in params ? [params.route.via] : []),
    ...("backup" in params ? [params.backup.nodeId] : []),
  ]);
  const hosts = plan.hosts.filter(({ nodeId }) => used.has(nodeId) && !(nodeId in run.leftOut));
  const named = hosts.find(({ name }) => name === state.error?.host);
  return named ?? (hosts.length === 1 ? (hosts[0] ?? null) : null);
}

function holdsBackup({ params }: Step, nodeId: NodeId): boolean {
  return "backup" in params && params.backup.nodeId === nodeId;
}

function needsBackup({ toVersion }: Plan, step: Step, name: string): string {
  const database = "database" in step.params ? step.params.database : "a database";
  return `The backup of ${database} is on ${name} alone, so nothing can bring ${database} back from ${toVersion} without it. Get ${name} to answer again; or copy its backups from its disk, abandon the run and restore by hand.`;
}

/** Where the nodes' files differ, each is initialised by itself: the others need no stand-in for this one. */
function initialisesElsewhere(
  plan: Plan,
  step: Step,
  standIn: PlanHost,
  leftOut: RunState["leftOut"],
): boolean {
  const region = new Set(
    plan.hosts
      .filter(({ regionId, nodeId }) => regionId === standIn.regionId && !(nodeId in leftOut))
      .map(({ nodeId }) => nodeId),
  );
  return plan.steps.some(
    (other) =>
      other.kind === "metadata.init" &&
      other.hop === step.hop &&
      other.id !== step.id &&
      region.has(other.params.nodeId),
  );
}
