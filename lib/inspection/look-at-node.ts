import {
  dockerImageDefaults,
  dockerImageId,
  dockerInspect,
  dockerNames,
  dockerServerVersion,
} from "#lib/commands/docker.ts";
import { wantedDumpOptions } from "#lib/commands/dump.ts";
import { looks, looksLikeArchive, parseBytes } from "#lib/commands/looks.ts";
import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts, FactError, NodeFacts } from "#lib/domain/facts.ts";
import type { Node, Region } from "#lib/domain/inventory.ts";
import type { LockStanding, SeenLock } from "#lib/domain/lock.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { type ParsedOmsConfig, parseOmsConfig } from "#lib/oms/config-yaml.ts";
import {
  containerPaths,
  hostPath,
  isOmsContainer,
  readInspect,
  withoutImageDefaults,
} from "#lib/oms/container.ts";
import { readDumpTools } from "#lib/oms/dump-tool.ts";
import { readHealth } from "#lib/oms/health.ts";
import { httpGetOver } from "#lib/remote/http-over.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { ownAddresses, resolveOn } from "./look-at-addresses.ts";
import { lookTimeoutMs, run } from "./run-look.ts";
import { surveyNode } from "./survey-node.ts";

/** An image whose presence matters. */
export interface WantedImage {
  reference: string;
  /** What would be loaded where it is missing. */
  archive: string | null;
}

export interface NodeLook {
  node: Pick<Node, "id" | "name" | "address" | "containerName">;
  region: Pick<Region, "id">;
  images: readonly WantedImage[];
  backupDirectory: string;
  /** The hosts of the MetaDB servers that are registered. */
  metadbHosts: readonly string[];
  /** Whether to look at what only a preflight wants to know, too. */
  thorough: boolean;
  /** What a lock that is found means to this installation. */
  lockStanding(lock: SeenLock): Promise<LockStanding>;
}

/** What a look brought to light that must not be kept with the facts. */
export interface NodeLookResult {
  facts: NodeFacts;
  metaPassword: Secret | null;
}

/**
 * Looks at one node over SSH without changing anything. Never throws: what could not be read is
 * null, with the reason in `errors`.
 */
export async function lookAtNode(host: RemoteHost, look: NodeLook): Promise<NodeLookResult> {
  const { node, region } = look;
  const errors: FactError[] = [];
  const facts: NodeFacts = {
    nodeId: node.id,
    regionId: region.id,
    name: node.name,
    seenAt: new Date().toISOString(),
    skewMs: null,
    dockerVersion: null,
    container: null,
    containerNames: [],
    images: {},
    configPath: null,
    configSha256: null,
    configFingerprint: null,
    config: null,
    configEntries: null,
    dumpTool: null,
    dumpTools: [],
    compressors: [],
    trials: [],
    brokenTrials: [],
    addresses: null,
    resolved: {},
    backupDiskFreeBytes: null,
    tmpFreeBytes: null,
    healthy: null,
    https: false,
    lock: null,
    survey: null,
    errors,
  };
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const { code, message, remedy } = errorInfo(error);
      // One cause, such as a host that is down, is told once.
      if (!errors.some((known) => known.message === message))
        errors.push({ code, message, remedy });
    }
  };
  await attempt(async () => {
    facts.skewMs = Math.round((await host.clock()).skewMs);
  });
  if (errors.length > 0) return { facts, metaPassword: null };

  const asked = performance.now();
  await attempt(async () => {
    const version = await run(host, dockerServerVersion(), {
      code: "docker.unresponsive",
      what: "Docker gives no answer",
      remedy: `Check that Docker is installed and runs on ${node.name}, and that the SSH user may use it through sudo.`,
    });
    facts.dockerVersion = version.stdout.trim();
  });
  const dockerMs = Math.round(performance.now() - asked);
  // Every further try would be one more wrong password, after which some sites lock the account.
  if (errors.some(({ code }) => code === "sudo.refused")) return { facts, metaPassword: null };

  let parsed: ParsedOmsConfig | null = null;
  const docker = async () => {
    if (facts.dockerVersion === null) return;
    await Promise.all([
      attempt(async () => {
        const names = await run(host, dockerNames(), {});
        facts.containerNames = names.stdout.split("\n").filter((name) => name !== "");
      }),
      ...look.images.map(({ reference, archive }) =>
        attempt(async () => {
          const seen = await host.exec(dockerImageId(reference), { timeoutMs: lookTimeoutMs });
          if (seen.code === 0) facts.images[reference] = seen.stdout.trim();
          else if (archive) await lookAtArchive(host, node.name, archive);
        }),
      ),
      attempt(async () => {
        facts.container = await lookAtContainer(host, node);
      }),
    ]);
    const { container } = facts;
    if (!container) return;
    facts.https = hostPath(container, containerPaths.certificate) !== null;
    await attempt(async () => {
      facts.configPath = hostPath(container, containerPaths.config);
      const source = await readConfig(host, node.name, facts.configPath ?? "");
      // Hashed where it is: the text here has been decoded, and not every site writes UTF-8.
      const sum = await run(host, looks.sha256(facts.configPath ?? ""), {});
      facts.configSha256 = sum.stdout.slice(0, 64);
      parsed = parseOmsConfig(source, { host: node.name, path: facts.configPath ?? "" });
      facts.config = parsed.facts;
      facts.configFingerprint = parsed.fingerprint;
      facts.configEntries = parsed.entries;
    });
    if (facts.config) facts.healthy = await healthOf(host, node.address, facts);
  };
  await Promise.all([
    docker(),
    attempt(async () => {
      const found = await run(host, looks.dumpTools(), {});
      const { tools, compressors } = readDumpTools(found.stdout, wantedDumpOptions);
      facts.dumpTool = tools[0] ?? null;
      facts.dumpTools = tools;
      facts.compressors = compressors;
    }),
    attempt(async () => {
      const lock = await host.lock.look({ timeoutMs: lookTimeoutMs });
      facts.lock = lock && { ...lock, standing: await look.lockStanding(lock) };
    }),
    attempt(async () => {
      const free = await run(host, looks.freeBytes(look.backupDirectory), {});
      facts.backupDiskFreeBytes = parseBytes(free.stdout);
    }),
    attempt(async () => {
      facts.tmpFreeBytes = parseBytes((await run(host, looks.freeBytes("/tmp"), {})).stdout);
    }),
  ]);
  if (look.thorough) {
    const metadbHosts = [...look.metadbHosts, ...(facts.config ? [facts.config.metaHost] : [])];
    [facts.addresses, facts.resolved] = await Promise.all([
      ownAddresses(host),
      resolveOn(host, metadbHosts),
    ]);
    await attempt(async () => {
      facts.survey = await surveyNode(host, facts, dockerMs, archivesToLoad(look, facts));
    });
  }
  // TypeScript does not see the assignment inside the closure.
  const config = parsed as ParsedOmsConfig | null;
  return { facts, metaPassword: config?.metaPassword ?? null };
}

/** The archives from which something would be loaded, each once, where they are there. */
function archivesToLoad(look: NodeLook, facts: NodeFacts): string[] {
  if (facts.errors.some(({ code }) => code === "image.missing")) return [];
  const missing = look.images.filter(({ reference }) => facts.images[reference] === undefined);
  return [...new Set(missing.flatMap(({ archive }) => archive ?? []))];
}

async function lookAtContainer(
  host: RemoteHost,
  node: Pick<Node, "name" | "containerName">,
): Promise<ContainerFacts> {
  const result = await run(host, dockerInspect(node.containerName), {
    code: "container.missing",
    what: `There is no container ${node.containerName}`,
    remedy: `Correct the container's name of ${node.name} in the deployment (docker ps -a lists them).`,
  });
  const container = readInspect(result.stdout, node.name)[0];
  if (!container || !isOmsContainer(container)) {
    throw new UpliftError(
      "container.not_oms",
      `${node.containerName} on ${node.name} mounts no ${containerPaths.config}: it is not an OMS container.`,
      { host: node.name, remedy: "Name the OMS container of this node." },
    );
  }
  const image = await run(host, dockerImageDefaults(container.imageId), {});
  return withoutImageDefaults(container, image.stdout);
}

/** Is there something at the path that `docker load` could take? @throws UpliftError image.missing */
async function lookAtArchive(host: RemoteHost, name: string, path: string): Promise<void> {
  const head = await run(host, looks.head(path), {
    code: "image.missing",
    what: `The image archive ${path} could not be read`,
    remedy: `Copy the archive to ${name}, correct its path in the wizard, or load the image by hand.`,
  });
  if (looksLikeArchive(head.stdout)) return;
  throw new UpliftError("image.missing", `${path} on ${name} is not an image archive.`, {
    host: name,
    remedy: `Give the path of a file that was made with docker save on every node that lacks the image.`,
  });
}

/** The text of a mounted config.yaml. @throws UpliftError config.unreadable */
export async function readConfig(host: RemoteHost, name: string, path: string): Promise<string> {
  const about = {
    code: "config.unreadable" as const,
    what: `${path} could not be read`,
    remedy: `Check the file that is mounted at ${containerPaths.config} on ${name}.`,
  };
  const size = parseBytes((await run(host, looks.fileSize(path), about)).stdout);
  if (size !== null && size > 1024 * 1024) {
    throw new UpliftError(
      "config.invalid",
      `${path} on ${name} is not an OMS configuration: it is larger than 1 MiB.`,
      {
        host: name,
        remedy: about.remedy,
      },
    );
  }
  return (await run(host, looks.file(path), about)).stdout;
}

async function healthOf(
  host: RemoteHost,
  address: string,
  facts: NodeFacts,
): Promise<boolean | null> {
  const port = facts.config?.consolePort ?? 8089;
  try {
    const stream = await host.dial(address, port);
    const url = { address, port, https: facts.https, path: "/oms/health" };
    return readHealth(await httpGetOver(stream, url, 5_000));
  } catch {
    return null;
  }
}
