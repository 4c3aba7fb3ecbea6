import type { StepId } from "#lib/domain/ids.ts";
import { makeStep } from "../make-step.ts";
import { gated } from "./gate.ts";
import { haLimits } from "./ha-guidance.ts";
import type { Situation } from "./situation.ts";
import { survey } from "./survey.ts";

/** Every node healthy, then HA on with the interval that covers the outage: T2; and a last look. */
export function bringBack(situation: Situation, initialised: StepId[]): void {
  survey(situation, "after", switchBack(situation, initialised));
}

function switchBack(situation: Situation, initialised: StepId[]): StepId[] {
  const { add, nodes, inventory, target } = situation;
  const { route, database, guidance } = situation.ha;
  const { settings } = inventory;
  const online = healthy(
    situation,
    "health",
    nodes.map(() => initialised),
  );
  const enable = switchesHa(situation);
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
        since: "T1",
        marginMin: settings.refetchMarginMin,
        mark: "T2",
      },
      after: gated(situation, "ha-on", "ha-on", online),
      ...(enable ? haLimits(guidance.way) : {}),
    }),
  );
  // A console in which a person has switched HA knows of it.
  if (!enable || !settings.restartConsoleAfterHa || guidance.way === "guided") return [haOn];
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
  return healthy(situation, "final-health", restarted);
}

/** HA is switched by releases that know it, and only where it was on before. */
export function switchesHa({ release, ha }: Situation): boolean {
  return release.ha && ha.wasEnabled;
}

/** @param after for each node, what its check waits for */
function healthy(
  { add, nodes, inventory, target }: Situation,
  id: "health" | "final-health",
  after: readonly StepId[][],
): StepId[] {
  return nodes.map(({ node, seen, config, key }, index) =>
    add(
      makeStep({
        id: `${id}.${key}`,
        kind: "node.health",
        phase: id === "health" ? "health" : "ha-on",
        scope: { type: "host", nodeId: node.id },
        params: {
          nodeId: node.id,
          containerName: target.containerName,
          address: node.address,
          port: config.consolePort,
          https: seen.https,
        },
        after: after[index] ?? [],
        timeoutMs: inventory.settings.healthTimeoutMin * 60_000,
      }),
    ),
  );
}
