import type { StepId } from "#lib/domain/ids.ts";
import type { Phase } from "#lib/domain/step.ts";
import { addTo, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";

/** A check of every node: its services run and its console says that it is healthy. */
export function healthy(
  situation: Situation,
  step: {
    hop: Hop | null;
    id: "health" | "final-health";
    phase: Phase;
    containerName: string;
    /** For each node, what its check waits for. */
    after: readonly StepId[][];
  },
): StepId[] {
  const { nodes, inventory } = situation;
  return nodes.map(({ node, seen, config, container, key }, index) =>
    addTo(situation, step.hop, {
      id: `${step.id}.${key}`,
      kind: "node.health",
      phase: step.phase,
      scope: { type: "host", nodeId: node.id },
      params: {
        nodeId: node.id,
        containerName: step.containerName,
        address: node.address,
        port: config.consolePort,
        https: seen.https,
        // Of a chain the last container alone is to stay.
        restartPolicy: isLast(situation, step.hop) ? container.restartPolicy : "no",
      },
      after: step.after[index] ?? [],
      timeoutMs: inventory.settings.healthTimeoutMin * 60_000,
    }),
  );
}

const isLast = ({ hops }: Situation, hop: Hop | null) => hop === null || hop === hops.at(-1);
