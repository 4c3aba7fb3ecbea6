import type { StepId } from "#lib/domain/ids.ts";
import { makeStep } from "../make-step.ts";
import { slugs } from "../topology.ts";
import { haLimits } from "./ha-guidance.ts";
import type { Situation } from "./situation.ts";

/** Seconds that `docker stop` waits before it kills; OMS's components write their state meanwhile. */
const stopGraceSeconds = 60;

/** HA off, then `docker stop` on every node at once: T1. */
export function stopEverything({ add, release, ha, nodes }: Situation, ready: StepId[]): StepId[] {
  const { route, database, guidance } = ha;
  const haOff = release.ha
    ? [
        add(
          makeStep({
            id: "ha-off",
            kind: "ha.disable",
            phase: "ha-off",
            scope: { type: "deployment" },
            params: { route, database, ...guidance },
            after: ready,
            ...haLimits(guidance.way),
          }),
        ),
      ]
    : ready;
  return nodes.map(({ node, container, key }) =>
    add(
      makeStep({
        id: `stop.${key}`,
        kind: "container.stop",
        phase: "stop",
        scope: { type: "host", nodeId: node.id },
        params: {
          nodeId: node.id,
          containerName: container.name,
          mark: "T1",
          ownedBy: null,
          createdBy: null,
          graceSeconds: stopGraceSeconds,
        },
        after: haOff,
      }),
    ),
  );
}

/** Prunes heartbeats and dumps every database, all at once; each dump is proven before anything goes on. */
export function backUp(situation: Situation, stopped: StepId[]): StepId[] {
  const { add, databases, backupDirectory: directory } = situation;
  const keys = slugs(databases.map((database) => database.name));
  return databases.map((site, index) => {
    const key = keys[index] ?? site.key;
    const scope = { type: "database", database: site.name, nodeId: site.node.id } as const;
    const { route, name: database } = site;
    const pruned =
      site.role === "heartbeat"
        ? [
            add(
              makeStep({
                id: `prune.${key}`,
                kind: "heartbeat.prune",
                phase: "prune",
                scope,
                params: { route, database },
                after: stopped,
              }),
            ),
          ]
        : stopped;
    const file = `${key}.sql`;
    const objectsFile = site.hasObjects ? `${key}.objects.sql` : null;
    const at = { nodeId: site.node.id, route, key: site.key, database };
    const dump = add(
      makeStep({
        id: `dump.${key}`,
        kind: "database.dump",
        phase: "backup",
        scope,
        params: { ...at, role: site.role, directory, file, objectsFile, tool: site.tool },
        after: pruned,
      }),
    );
    return add(
      makeStep({
        id: `prove.${key}`,
        kind: "dump.verify",
        phase: "backup",
        scope,
        params: {
          ...at,
          source: { dumpStep: dump },
          paths: [file, ...(objectsFile ? [objectsFile] : [])].map((one) => `${directory}/${one}`),
          compare: true,
        },
        after: [dump],
      }),
    );
  });
}
