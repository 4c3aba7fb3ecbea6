import { command } from "#lib/commands/command.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { leavingOut } from "#lib/domain/leave-out/leaving-out.ts";
import type { RunState } from "#lib/domain/run.ts";
import { planById } from "#lib/store/plans.ts";
import { access } from "./access.ts";

/** A host that needs longer than this to answer is taken at the operator's word, milliseconds. */
const timeoutMs = 10_000;

/**
 * Only a node that gives no answer at this moment is left out.
 *
 * @throws UpliftError run.command_not_allowed
 */
export async function requireGoneNode(state: RunState, stepId: StepId | null): Promise<void> {
  const under = state.plans.findLast(({ leg }) => leg === state.leg);
  if (!under || !stepId) throw refused("Name the step whose node is to be left out.");
  const decided = leavingOut(await planById(under.planId), state, stepId);
  if (!decided.allowed) throw refused(decided.why);
  const { nodeId, name } = decided.node;
  if (await answers(nodeId)) {
    throw refused(`${name} answers, so it is not left out.`, `Retry what failed on ${name}.`);
  }
}

async function answers(nodeId: Parameters<typeof access.host>[0]): Promise<boolean> {
  try {
    await (await access.host(nodeId)).exec(command("true"), { timeoutMs });
    return true;
  } catch {
    return false;
  }
}

function refused(
  why: string,
  remedy = "Look at the run again, and at what it offers.",
): UpliftError {
  return new UpliftError("run.command_not_allowed", why, { remedy });
}
