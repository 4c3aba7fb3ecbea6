import type { StepId } from "#lib/domain/ids.ts";
import { type BackedUp, dumpAndProve } from "./dump-and-prove.ts";
import { haLimits } from "./ha-guidance.ts";
import { addTo, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";

/** Seconds that `docker stop` waits before it kills; OMS's components write their state meanwhile. */
const stopGraceSeconds = 60;

/** HA off, once: before the first stop of a release that knows it. */
export function switchHaOff(situation: Situation, hop: Hop, ready: StepId[]): StepId[] {
  const { ha, hops } = situation;
  const { route, database, guidance } = ha;
  const haOff = addTo(situation, hop === hops[0] ? null : hop, {
    id: "ha-off",
    kind: "ha.disable",
    phase: "ha-off",
    scope: { type: "deployment" },
    params: { route, database, ...guidance },
    after: ready,
    ...haLimits(guidance.way),
  });
  return [haOff];
}

/**
 * `docker stop` on every node at once; in the first hop that is T1. A later hop stops what the hop before
 * it has put there: whoever made it, it serves under that name, and nothing may serve while it is dumped.
 */
export function stopEverything(situation: Situation, hop: Hop, ready: StepId[]): StepId[] {
  const { hops, nodes } = situation;
  const before = hops[hops.indexOf(hop) - 1];
  return nodes.map(({ node, container, key }) =>
    addTo(situation, hop, {
      id: `stop.${key}`,
      kind: "container.stop",
      phase: "stop",
      scope: { type: "host", nodeId: node.id },
      params: {
        nodeId: node.id,
        containerName: before?.containerName ?? container.name,
        mark: before ? null : "T1",
        ownedBy: null,
        createdBy: null,
        graceSeconds: stopGraceSeconds,
        restartPolicy: container.restartPolicy,
      },
      after: ready,
    }),
  );
}

/** Prunes heartbeats and dumps every database, all at once; each dump is proven before anything goes on. */
export function backUp(situation: Situation, hop: Hop, stopped: StepId[]): BackedUp {
  return dumpAndProve(situation, hop, { live: false }, (site, key, scope) =>
    site.role === "heartbeat"
      ? [
          addTo(situation, hop, {
            id: `prune.${key}`,
            kind: "heartbeat.prune",
            phase: "prune",
            scope,
            params: { route: site.route, database: site.name },
            after: stopped,
          }),
        ]
      : stopped,
  );
}
