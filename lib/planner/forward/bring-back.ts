import type { StepId } from "#lib/domain/ids.ts";
import { makeStep } from "../make-step.ts";
import { gated } from "./gate.ts";
import { haLimits } from "./ha-guidance.ts";
import { healthy } from "./health.ts";
import { firstWithHa } from "./hop.ts";
import type { Situation } from "./situation.ts";
import { survey } from "./survey.ts";

/**
 * HA on with the interval that covers the outage: T2; and a last look.
 *
 * @param haOff the step that has switched HA off; null when none does
 */
export function bringBack(situation: Situation, haOff: StepId | null, online: StepId[]): void {
  survey(situation, "after", switchBack(situation, haOff, online));
}

function switchBack(situation: Situation, haOff: StepId | null, online: StepId[]): StepId[] {
  const { add, nodes, inventory, target } = situation;
  const { route, database, guidance } = situation.ha;
  const { settings } = inventory;
  const enable = switchesHa(situation);
  const first = firstWithHa(situation);
  const asFoundBy = first && first !== situation.hops[0] ? haOff : null;
  const mayEnable = enable || asFoundBy !== null;
  const haOn = add(
    makeStep({
      id: "ha-on",
      kind: "ha.enable",
      phase: "ha-on",
      scope: { type: "deployment" },
      params: {
        route,
        database,
        ...guidance,
        enable,
        asFoundBy,
        since: "T1",
        marginMin: settings.refetchMarginMin,
        mark: "T2",
      },
      after: gated(situation, null, "ha-on", "ha-on", online),
      ...(mayEnable ? haLimits(guidance.way) : {}),
    }),
  );
  // A console in which a person has switched HA knows of it.
  if (!mayEnable || !settings.restartConsoleAfterHa || guidance.way === "guided") return [haOn];
  const restarted = nodes.map(({ node, key }) => [
    add(
      makeStep({
        id: `restart-console.${key}`,
        kind: "console.restart",
        phase: "ha-on",
        scope: { type: "host", nodeId: node.id },
        params: { nodeId: node.id, containerName: target.containerName },
        after: [haOn],
      }),
    ),
  ]);
  return healthy(situation, {
    hop: null,
    id: "final-health",
    phase: "ha-on",
    containerName: target.containerName,
    after: restarted,
  });
}

/** HA is switched by releases that know it, and only where it was on before. */
export function switchesHa(situation: Situation): boolean {
  return firstWithHa(situation) !== null && situation.ha.wasEnabled;
}
