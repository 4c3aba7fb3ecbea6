import { loginInput } from "#lib/commands/client-login.ts";
import { script } from "#lib/commands/command.ts";
import { wantedDumpOptions } from "#lib/commands/dump.ts";
import { trialScript } from "#lib/commands/dump-scripts.ts";
import { dumpToolsInImage } from "#lib/commands/image-tool.ts";
import { compressionFor } from "#lib/domain/compression.ts";
import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { DeploymentFacts, DumpTool, NodeFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { tryNameFor } from "#lib/domain/rehearsal.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { connectSql } from "#lib/metadb/connect.ts";
import { dropOldTrials, type RunTrial, tryDump } from "#lib/metadb/trial.ts";
import { trialTimedOut } from "#lib/metadb/trial-trouble.ts";
import { readDumpTools } from "#lib/oms/dump-tool.ts";
import { type DatabasePlace, databasePlaces } from "#lib/planner/places.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import type { Access } from "./look-at-deployment.ts";

/** Deadline of one statement, milliseconds. */
const statementMs = 60_000;

/** Deadline of what the programs do in one trial, milliseconds. */
const programsMs = 180_000;

/** A container has to be made and started for it, milliseconds. */
const imageLookMs = 60_000;

/** What stands in the mark of a scratch database of a preflight. */
const madeBy = "preflight";

/**
 * Tries on every node that will dump what an upgrade does there, with each pair of programs until one works, and
 * adds to the facts what came of it. Nodes and servers of which nothing could be read are left out: their own
 * checks say why.
 *
 * @param newImages the images of the releases to come, where they are on the hosts already
 */
export async function tryDumps(
  inventory: Inventory,
  facts: DeploymentFacts,
  access: Access,
  newImages: readonly string[],
): Promise<void> {
  const byNode = Map.groupBy(databasePlaces(inventory), ({ node }) => node.id);
  await Promise.all(
    [...byNode].map(async ([nodeId, places]) => {
      const seen = facts.nodes.find((one) => one.nodeId === nodeId);
      if (!seen || seen.dockerVersion === null) return;
      const host = await access.host(nodeId);
      const candidates = new Candidates(host, seen, newImages);
      for (const place of places) {
        const server = facts.servers.find(({ key }) => key === place.serverKey);
        if (!server?.databases.find(({ name }) => name === place.name)?.exists) continue;
        await tryPlace(inventory, access, host, candidates, place, seen);
      }
      seen.dumpTool = seen.trials.find(({ trouble }) => trouble === null)?.tool ?? seen.dumpTool;
    }),
  );
}

/** The pairs of programs of a node: its own, the old image's, the new one's; images are asked when it comes to that. */
class Candidates {
  readonly #host: RemoteHost;
  readonly #seen: NodeFacts;
  readonly #images: [place: DumpTool["place"], image: string][];
  readonly #asked = new Map<string, Promise<DumpTool[]>>();

  constructor(host: RemoteHost, seen: NodeFacts, newImages: readonly string[]) {
    this.#host = host;
    this.#seen = seen;
    const { container, images } = seen;
    this.#images = [
      ...(container ? [["old-image", container.imageId] as [DumpTool["place"], string]] : []),
      ...newImages.flatMap((reference): [DumpTool["place"], string][] => {
        const id = images[reference];
        return id && id !== container?.imageId ? [["new-image", id]] : [];
      }),
    ];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DumpTool> {
    yield* this.#seen.dumpTools;
    for (const [place, image] of this.#images) {
      const asked = this.#asked.get(image) ?? this.#ask(place, image);
      this.#asked.set(image, asked);
      yield* await asked;
    }
  }

  /** What an image has to dump with; what compresses is the host's. */
  async #ask(place: DumpTool["place"], image: string): Promise<DumpTool[]> {
    const answer = await this.#host.exec(dumpToolsInImage(image), { timeoutMs: imageLookMs });
    const found = answer.code === 0 ? readDumpTools(answer.stdout, wantedDumpOptions).tools : [];
    const { compressors } = this.#seen;
    return found.map((tool) => ({ ...tool, place, image, compressors }));
  }
}

/** Until one pair works; where none does, what came of each. Adds it to what is known of the node. */
async function tryPlace(
  inventory: Inventory,
  access: Access,
  host: RemoteHost,
  candidates: Candidates,
  { server, name: database, node }: DatabasePlace,
  { trials, brokenTrials }: Pick<NodeFacts, "trials" | "brokenTrials">,
): Promise<void> {
  const never = databasePlaces(inventory).map(({ name }) => name);
  try {
    const login = await serverLogin(server, (id) => access.secret(id));
    const stream = await host.dial(server.host, server.port);
    const session = await connectSql({
      ...{ server, ...login, stream, via: node.name, timeoutMs: statementMs },
    });
    try {
      const now = Date.now();
      await dropOldTrials(session, { madeBy, never }, now);
      for await (const tool of candidates) {
        const compression = compressionFor(inventory.settings.compression, tool.compressors);
        const scratch = { name: tryNameFor(now), madeBy, never };
        const trial = await tryDump(
          session,
          {
            ...{ tool, server, database, scratch, node: node.name },
            compression: compression ?? "none",
            directory: inventory.settings.backupDirectory.replace(/\/+$/, "") || "/",
          },
          (parameters, objects) =>
            withinTime(
              host.exec(script(trialScript, ...parameters), {
                timeoutMs: programsMs,
                stdin: loginInput(login, objects),
              }),
            ),
        );
        trials.push(trial);
        if (trial.trouble === null) break;
      }
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof UpliftError)) throw error;
    const { host, port } = server;
    brokenTrials.push({ ...errorInfo(error), server: { host, port }, database });
  }
}

/** Programs that do not end are an outcome, not an interruption: they would not end in an upgrade either. */
async function withinTime(ended: ReturnType<RunTrial>): ReturnType<RunTrial> {
  try {
    return await ended;
  } catch (error) {
    if (!(error instanceof UpliftError) || error.code !== "command.timeout") throw error;
    return { code: trialTimedOut, stderr: `no end after ${programsMs / 1000} s` };
  }
}
