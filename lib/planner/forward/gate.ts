import type { StepId } from "#lib/domain/ids.ts";
import type { Gate, Phase } from "#lib/domain/step.ts";
import { makeStep } from "../make-step.ts";
import type { Situation } from "./situation.ts";

/**
 * A gate where the operator placed one.
 *
 * @param phase of the steps that wait for it
 * @returns what those steps wait for: the gate, or without one what came before
 */
export function gated(
  { add, target }: Pick<Situation, "add" | "target">,
  before: Gate,
  phase: Phase,
  after: StepId[],
): StepId[] {
  if (!target.gates.includes(before)) return after;
  return [
    add(
      makeStep({
        id: `gate.${before}`,
        kind: "gate",
        phase,
        scope: { type: "deployment" },
        params: { before },
        after,
      }),
    ),
  ];
}
