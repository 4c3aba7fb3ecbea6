import type { DeploymentFacts } from "#lib/domain/facts.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { Phase } from "#lib/domain/step.ts";
import { makeStep } from "../make-step.ts";
import { gated } from "./gate.ts";
import { addTo, firstWithHa, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";
import { survey } from "./survey.ts";
import { tryDumps } from "./try-dumps.ts";

/** Everything that can be done before T1: lock, check once more, load the image where it is missing. */
export function prepare(situation: Situation): StepId[] {
  const locked = lock(situation);
  const verified = verify(situation, null, "verify", "verify", locked);
  const seen = survey(situation, "before", locked);
  const ready = [...verified, ...seen, ...loadImages(situation, verified)];
  const [first] = situation.hops;
  const [hop, phase] =
    firstWithHa(situation) === first ? ([null, "ha-off"] as const) : ([first, "stop"] as const);
  const approved = gated(situation, hop, "stop", phase, ready);
  // An approval may come hours later: what was seen before it is looked at again.
  return approved === ready ? ready : verify(situation, hop, "verify-again", phase, approved);
}

/** Every host at once; nothing is looked at for this run before all are its own. */
function lock({ add, nodes }: Situation): StepId[] {
  return nodes.map(({ node, key }) =>
    add(
      makeStep({
        id: `lock.${key}`,
        kind: "node.lock",
        phase: "verify",
        scope: { type: "host", nodeId: node.id },
        params: { nodeId: node.id },
        after: [],
      }),
    ),
  );
}

function verify(
  situation: Situation,
  hop: Hop | null,
  id: "verify" | "verify-again",
  phase: Phase,
  after: StepId[],
): StepId[] {
  const { nodes, servers, facts, inventory, target, hops } = situation;
  const nodeChecks = nodes.map(({ node, seen, container, config, key }) =>
    addTo(situation, hop, {
      id: `${id}.${key}`,
      kind: "node.verify",
      phase,
      scope: { type: "host", nodeId: node.id },
      params: {
        nodeId: node.id,
        containerName: container.name,
        containerId: container.id,
        mustRun: true,
        configPath: seen.configPath,
        configSha256: seen.configSha256,
        freeName: target.containerName,
        image: imageOf(seen.images, target.image),
        onTheWay: {
          freeNames: target.via.map(({ containerName }) => containerName),
          images: target.via.flatMap(({ image }) => imageOf(seen.images, image) ?? []),
        },
        backupDirectory: inventory.settings.backupDirectory,
        needBytes: backupNeed(facts).bytes * hops.length,
        healthAt: { address: node.address, port: config.consolePort, https: seen.https },
      },
      after,
    }),
  );
  const serverChecks = servers.map((server) =>
    addTo(situation, hop, {
      id: server.key === "metadb" ? `${id}.metadb` : `${id}.metadb.${server.key}`,
      kind: "metadb.verify",
      phase,
      scope: { type: "deployment" },
      params: { route: server.route, databases: server.databases, users: "registered" },
      after,
    }),
  );
  return [
    ...nodeChecks,
    ...serverChecks,
    ...tryDumps(situation, hop, id === "verify" ? "try" : "try-again", phase, after),
  ];
}

/** The images of all hops: none is missed when OMS is down already. */
function loadImages({ add, nodes, hops }: Situation, after: StepId[]): StepId[] {
  return hops.flatMap(({ number, image, imageArchive: archive }) => {
    if (archive === null) return [];
    return nodes
      .filter(({ seen }) => !seen.images[image])
      .map(({ node, key }) =>
        add(
          makeStep({
            id: number === null ? `load.${key}` : `load-${number}.${key}`,
            kind: "image.load",
            phase: "load",
            scope: { type: "host", nodeId: node.id },
            params: { nodeId: node.id, archive, image },
            after,
          }),
        ),
      );
  });
}

function imageOf(images: Record<string, string>, reference: string) {
  const id = images[reference];
  return id ? { reference, id } : null;
}

/**
 * What the dumps may need: all databases whose size is known together, with half as much again, as dumps are text and
 * may be larger than the tables; and the names of those whose size is not known.
 */
export function backupNeed(facts: Pick<DeploymentFacts, "servers">): {
  bytes: number;
  unknown: string[];
} {
  const databases = facts.servers.flatMap((server) => server.databases);
  const bytes = databases.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  return {
    bytes: Math.ceil(bytes * 1.5),
    unknown: databases.filter((one) => one.exists && one.bytes === null).map(({ name }) => name),
  };
}
