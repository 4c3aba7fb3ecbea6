import { X509Certificate } from "node:crypto";
import {
  isCompressed,
  looks,
  parseBytes,
  parsePortHolders,
  preflightLooks,
} from "#lib/commands/looks.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { NodeFacts, NodeSurvey, OmsConfigFacts, PortFacts } from "#lib/domain/facts.ts";
import { containerPaths, hostPath } from "#lib/oms/container.ts";
import { readArchive } from "#lib/oms/image-archive.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { accountOf } from "./account.ts";
import { lookTimeoutMs, run } from "./run-look.ts";

/** An archive's manifest stands behind its layers: several GiB may have to be read first. */
const archiveTimeoutMs = 180_000;

/**
 * What only a preflight wants to know of a node. What could not be read is null.
 *
 * @param facts what the look before it has told
 * @param archives paths of the image archives that would be loaded here
 * @throws UpliftError ssh.*, sudo.refused
 */
export async function surveyNode(
  host: RemoteHost,
  facts: NodeFacts,
  dockerMs: number,
  archives: readonly string[],
): Promise<NodeSurvey> {
  const { container, config } = facts;
  const [account, dockerDisk, ports, certificate, logs, found] = await Promise.all([
    accountOf(host),
    facts.dockerVersion === null ? null : orNull(dockerDiskOf(host)),
    container?.running && config ? orNull(portsOf(host, container.id, config)) : null,
    container && facts.https
      ? orNull(certificateOf(host, hostPath(container, containerPaths.certificate) ?? ""))
      : null,
    container ? orNull(logDiskOf(host, hostPath(container, containerPaths.logs))) : null,
    Promise.all(archives.map((path) => archiveOf(host, path))),
  ]);
  return {
    account,
    hostKey: host.target.hostKeyFingerprint,
    dockerMs,
    dockerDisk,
    archives: found,
    ports,
    certificate,
    logs,
  };
}

/** A part that may be missing: its check is then unknown, and says so. */
async function orNull<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof UpliftError) return null;
    throw error;
  }
}

async function portsOf(
  host: RemoteHost,
  container: string,
  { consolePort, cmPort }: Pick<OmsConfigFacts, "consolePort" | "cmPort">,
): Promise<PortFacts[]> {
  const command = preflightLooks.portHolders(container, [consolePort, cmPort]);
  return parsePortHolders((await run(host, command, {})).stdout);
}

async function logDiskOf(host: RemoteHost, path: string | null): Promise<NodeSurvey["logs"]> {
  if (path === null) return null;
  const freeBytes = parseBytes((await run(host, looks.freeBytes(path), {})).stdout);
  return freeBytes === null ? null : { path, freeBytes };
}

async function dockerDiskOf(host: RemoteHost): Promise<NodeSurvey["dockerDisk"]> {
  const [path = "", free = ""] = (await run(host, preflightLooks.dockerDisk(), {})).stdout.split(
    "\n",
  );
  const freeBytes = parseBytes(free);
  return freeBytes === null ? null : { path, freeBytes };
}

async function certificateOf(
  host: RemoteHost,
  path: string,
): Promise<NonNullable<NodeSurvey["certificate"]>> {
  const answer = await host.exec(looks.file(path), { timeoutMs: lookTimeoutMs });
  if (answer.code !== 0) {
    return { path, expiresAt: null, trouble: `it could not be read: ${answer.stderr.trim()}` };
  }
  try {
    const expiresAt = new X509Certificate(answer.stdout).validToDate.toISOString();
    return { path, expiresAt, trouble: null };
  } catch {
    return { path, expiresAt: null, trouble: "it is not a certificate in PEM" };
  }
}

async function archiveOf(host: RemoteHost, path: string) {
  const head = await run(host, looks.head(path), {});
  const answer = await host.exec(preflightLooks.archiveManifest(path), {
    timeoutMs: archiveTimeoutMs,
  });
  return readArchive(path, answer, isCompressed(head.stdout));
}
