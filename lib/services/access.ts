import { perProcess } from "#lib/config/per-process.ts";
import type { NodeId, SecretId } from "#lib/domain/ids.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { createHosts } from "#lib/remote/hosts.ts";
import type { Hosts, RemoteHost } from "#lib/remote/types.ts";
import { secrets } from "#lib/store/secrets.ts";
import { targetOfNode } from "./credentials-target.ts";
import { dashboard, lockStanding } from "./installation.ts";

const held = perProcess("hosts", () => ({ hosts: null as Hosts | null }));

/** The pool of SSH connections of this process: pages and the engine use the same connection to a host. */
export function hosts(): Hosts {
  held.hosts ??= createHosts();
  return held.hosts;
}

/** What looks at deployments and what the engine needs of the world, for nodes as registered now. */
export const access = {
  /** @throws UpliftError not_found; connecting itself happens at the first use */
  async host(nodeId: NodeId): Promise<RemoteHost> {
    return hosts().connect(await targetOfNode(nodeId));
  },
  /** @throws UpliftError not_found, internal */
  secret(id: SecretId): Promise<Secret> {
    return secrets.get(id);
  },
  dashboard,
  lockStanding,
};

/** Closes every connection; the next use opens them anew. */
export async function closeAccess(): Promise<void> {
  const open = held.hosts;
  held.hosts = null;
  await open?.close();
}
