import type { StepId } from "#lib/domain/ids.ts";
import type { Gate, Phase } from "#lib/domain/step.ts";
import { addTo, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";

/** Whether a gate stands in each hop of a chain; the others are passed once. */
export function isPerHop(gate: Gate): boolean {
  return gate === "start" || gate === "init";
}

/**
 * A gate where the operator placed one.
 *
 * @param phase of the steps that wait for it
 * @returns what those steps wait for: the gate, or without one what came before
 */
export function gated(
  { add, target }: Pick<Situation, "add" | "target">,
  hop: Hop | null,
  before: Gate,
  phase: Phase,
  after: StepId[],
): StepId[] {
  if (!target.gates.includes(before)) return after;
  return [
    addTo({ add }, hop, {
      id: `gate.${before}`,
      kind: "gate",
      phase,
      scope: { type: "deployment" },
      params: { before },
      after,
    }),
  ];
}
