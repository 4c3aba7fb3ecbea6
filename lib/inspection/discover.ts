import { showCommand } from "#lib/commands/command.ts";
import { dockerInspect, dockerNames, dockerServerVersion } from "#lib/commands/docker.ts";
import { looks } from "#lib/commands/looks.ts";
import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts, OmsConfigFacts } from "#lib/domain/facts.ts";
import { NodeId, newId, type SecretId } from "#lib/domain/ids.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { passwordLogin } from "#lib/domain/server-login.ts";
import { withoutTls } from "#lib/domain/tls.ts";
import { parseOmsConfig } from "#lib/oms/config-yaml.ts";
import { containerPaths, environmentValue, hostPath, readInspect } from "#lib/oms/container.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { type ContainerCandidate, chooseContainer } from "./choose-container.ts";
import { readConfig } from "./look-at-node.ts";
import { lookAtServer } from "./look-at-server.ts";
import { run } from "./run-look.ts";

/** An OMS node as it was found. */
export interface FoundNode {
  hostname: string;
  container: ContainerFacts;
  configPath: string;
  config: OmsConfigFacts;
  metaPassword: Secret;
  /** OMS_HOST_IP, or null. */
  hostIp: string | null;
  https: boolean;
}

export type Found =
  | { outcome: "found"; node: FoundNode }
  | { outcome: "choose"; why: Text; candidates: ContainerCandidate[] };

/**
 * Finds the OMS container of a host and reads its configuration, changing nothing.
 *
 * @param named the container, when a person has said which one it is
 * @throws UpliftError ssh.*, sudo.refused, docker.*, container.*, config.*
 */
export async function discoverNode(host: RemoteHost, named: string | null): Promise<Found> {
  const { name } = host.target;
  await dockerVersionOf(host);
  const hostname = (await run(host, looks.hostName(), {})).stdout.trim();
  const names = (await run(host, dockerNames(), {})).stdout.split("\n").filter((one) => one !== "");
  const containers =
    names.length === 0
      ? []
      : readInspect((await run(host, dockerInspect(...names), {})).stdout, name);
  const choice = chooseContainer(containers, named);
  if (choice.choice === "ask") {
    return { outcome: "choose", why: choice.why, candidates: choice.candidates };
  }
  if (choice.choice === "none") {
    const code = containers.length === 0 ? "container.missing" : "container.not_oms";
    throw new UpliftError(code, `No OMS container was found on ${name}: ${choice.why}.`, {
      host: name,
      remedy: `Choose a host on which OMS runs. "${showCommand(dockerNames())}" lists the containers of ${name}; an OMS container mounts ${containerPaths.config}.`,
    });
  }
  const { container } = choice;
  const configPath = hostPath(container, containerPaths.config) ?? "";
  const source = await readConfig(host, name, configPath);
  const { facts, metaPassword } = parseOmsConfig(source, { host: name, path: configPath });
  return {
    outcome: "found",
    node: {
      hostname,
      container,
      configPath,
      config: facts,
      metaPassword,
      hostIp: environmentValue(container, "OMS_HOST_IP"),
      https: hostPath(container, containerPaths.certificate) !== null,
    },
  };
}

/** @throws UpliftError docker.missing, docker.unresponsive, ssh.*, sudo.refused */
export async function dockerVersionOf(host: RemoteHost): Promise<string> {
  const { name } = host.target;
  const version = await run(host, dockerServerVersion(), {
    code: "docker.unresponsive",
    what: "Docker gives no answer",
    remedy: `Check that Docker is installed and runs on ${name}, and that the SSH user may use it through sudo.`,
  });
  return version.stdout.trim();
}

/** What the MetaDB of a configuration answers through its node. Never throws. */
export async function tryMetadb(
  host: RemoteHost,
  config: OmsConfigFacts,
  password: Secret,
  passwordId: SecretId,
): Promise<{ version: string | null; trouble: Text | null; missingDatabases: string[] }> {
  const databases = [config.rmDatabase, config.cmDatabase, config.heartbeatDatabase];
  const server = {
    host: config.metaHost,
    port: config.metaPort,
    user: config.metaUser,
    passwordId,
    tls: { ...withoutTls, mode: "preferred" as const },
  };
  try {
    const via = newId(NodeId, "nod");
    const site = { key: "discovery", route: { server, via }, databases };
    const facts = await lookAtServer(host, site, passwordLogin(password, server.tls.mode), {
      use: null,
      rmDatabase: null,
      thorough: false,
    });
    const missing = facts.databases.filter((one) => !one.exists).map((one) => one.name);
    const trouble = facts.errors[0]?.message ?? null;
    return { version: facts.version, trouble, missingDatabases: missing };
  } catch (error) {
    return { version: null, trouble: errorInfo(error).message, missingDatabases: [] };
  }
}
