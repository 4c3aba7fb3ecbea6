import { compressionSuffix } from "#lib/domain/compression.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { StepOfKind } from "#lib/domain/step.ts";
import { slugs } from "../topology.ts";
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
      },
      after: ready,
    }),
  );
}

/** Each database's dump and its proof, in the order of the databases. */
export interface BackedUp {
  dumps: Pick<StepOfKind<"database.dump">, "id" | "params" | "scope">[];
  proven: StepId[];
}

/** Prunes heartbeats and dumps every database, all at once; each dump is proven before anything goes on. */
export function backUp(situation: Situation, hop: Hop, stopped: StepId[]): BackedUp {
  const { databases, backupDirectory, hops } = situation;
  const { number, fromVersion: version } = hop;
  // Named by what it holds, so that a person finds the right one without Uplift.
  const directory = number === null ? backupDirectory : `${backupDirectory}/${version}`;
  const objectsIfAny = hop !== hops[0];
  const keys = slugs(databases.map((database) => database.name));
  const dumps: BackedUp["dumps"] = [];
  const proven = databases.map((site, index) => {
    const key = keys[index] ?? site.key;
    const scope = { type: "database", database: site.name, nodeId: site.node.id } as const;
    const { route, name: database } = site;
    const pruned =
      site.role === "heartbeat"
        ? [
            addTo(situation, hop, {
              id: `prune.${key}`,
              kind: "heartbeat.prune",
              phase: "prune",
              scope,
              params: { route, database },
              after: stopped,
            }),
          ]
        : stopped;
    const { compression } = site;
    const ending = `.sql${compressionSuffix[compression]}`;
    const file = `${key}${ending}`;
    const objectsFile = site.hasObjects || objectsIfAny ? `${key}.objects${ending}` : null;
    const backup = number === null ? site.key : `h${number}.${site.key}`;
    const at = { nodeId: site.node.id, route, key: backup, database };
    const params = {
      ...at,
      ...{ role: site.role, directory, file, objectsFile, objectsIfAny, version, compression },
      tool: site.tool,
    };
    const dump = addTo(situation, hop, {
      id: `dump.${key}`,
      kind: "database.dump",
      phase: "backup",
      scope,
      params,
      after: pruned,
    });
    dumps.push({ id: dump, params, scope });
    return addTo(situation, hop, {
      id: `prove.${key}`,
      kind: "dump.verify",
      phase: "backup",
      scope,
      params: {
        ...at,
        source: { dumpStep: dump },
        paths: [file, ...(objectsFile ? [objectsFile] : [])].map((one) => `${directory}/${one}`),
        compression,
        compare: true,
      },
      after: [dump],
    });
  });
  return { dumps, proven };
}
