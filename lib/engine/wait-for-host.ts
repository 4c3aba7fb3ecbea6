import { type ErrorInfo, isNoAnswer } from "#lib/domain/errors.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { isWork, type Step, type WorkStep } from "#lib/domain/step.ts";
import { hostOf } from "./next-steps.ts";
import { hostName, type RunRuntime } from "./step-runtime.ts";

/** What is waited for, and what ends the wait. */
interface Waiting {
  runtime: Pick<RunRuntime, "plan" | "watch" | "patienceMs">;
  step: Step;
  stop: AbortSignal;
  cancel: AbortSignal;
}

/**
 * Waits, as long as the engine's patience lasts, for the host whose silence explains an error.
 *
 * @param say takes a line for the step's log
 * @returns whether it is worth another try: the host was away and answers again
 */
export async function hostIsBack(
  { runtime, step, stop, cancel }: Waiting,
  error: ErrorInfo,
  say: (text: string) => void,
): Promise<boolean> {
  const { plan, watch, patienceMs } = runtime;
  if (!isWork(step)) return false;
  const nodeId = await hostAway(runtime, step, error);
  if (nodeId === null) return false;
  const name = hostName(plan, nodeId);
  say(`${error.message} Waiting until ${name} answers, at most ${patienceMs / 1000} s.`);
  const signal = AbortSignal.any([stop, cancel, AbortSignal.timeout(patienceMs)]);
  const back = await watch.untilBack(nodeId, signal);
  if (back) say(`${name} answers.`);
  return back;
}

/** The host that gives no answer and so explains the error; null when the error stands for itself. */
async function hostAway(
  { plan, watch }: Waiting["runtime"],
  step: WorkStep,
  error: ErrorInfo,
): Promise<NodeId | null> {
  if (isNoAnswer(error)) {
    const nodeId = nodeNamed(plan, error.host) ?? hostOf(step);
    watch.lost(nodeId, error);
    return nodeId;
  }
  // SQL goes through a node: a session that broke may be the node's fault.
  if (error.code !== "metadb.unreachable") return null;
  const nodeId = "route" in step.params ? step.params.route.via : hostOf(step);
  return (await watch.answers(nodeId)) ? null : nodeId;
}

function nodeNamed(plan: Plan, name: string | undefined): NodeId | undefined {
  return plan.hosts.find((host) => host.name === name)?.nodeId;
}
