import pLimit from "p-limit";
import { z } from "zod";
import { looks } from "#lib/commands/looks.ts";
import type {
  ConnectionReport,
  Discovery,
  DiscoveryProposal,
  NeighbourNode,
} from "#lib/domain/discovery.ts";
import { errorInfo } from "#lib/domain/errors.ts";
import { ContainerName, SshAccess } from "#lib/domain/inventory.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { accountOf } from "#lib/inspection/account.ts";
import {
  discoverNode,
  dockerVersionOf,
  type FoundNode,
  tryMetadb,
} from "#lib/inspection/discover.ts";
import { versionOfImage } from "#lib/oms/catalogue.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { hosts } from "#lib/services/access.ts";
import { hostOf, refuseNewHosts } from "#lib/services/credential-uses.ts";
import { bastionAccount, hostTarget } from "#lib/services/credentials-target.ts";
import { keepDiscovered } from "#lib/services/discovery-secrets.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { operation, typed } from "./operation.ts";

/** What a file lists is dialled a few at a time, and no more of it than a deployment has nodes. */
const mostNeighbours = 64;
const dialling = pLimit(8);

/** What the host is reached through; absent or null: directly. */
const through = { bastion: SshAccess.nullable().default(null) };
const Address = SshAccess.pick({ host: true, port: true }).extend(through);
const ConnectInput = SshAccess.extend(through);
type ConnectInput = z.infer<typeof ConnectInput>;
const PresentedKey = z.object({ type: z.string(), fingerprint: z.string() });
type PresentedKey = z.infer<typeof PresentedKey>;

/**
 * The key that a host presents now, for a person to compare. No credential is sent to it.
 * @throws UpliftError not_found, ssh.unreachable, bastion.*
 */
export const fetchHostKey = operation({
  name: "hosts.fetch-key",
  permission: "inventory.change",
  input: Address,
  output: PresentedKey,
  async run(actor, { host, port, bastion }) {
    await mayEnter(actor, "host.fetch-key", { host, port }, bastion ? { bastion } : {});
    return presentedKey(host, port, bastion);
  },
});

/**
 * Signs in to a bastion. Nothing is run on it: a bastion need not allow that.
 * @returns who was signed in
 * @throws UpliftError not_found, ssh.*
 */
export const testBastion = operation({
  name: "hosts.test-bastion",
  permission: "inventory.change",
  input: SshAccess,
  output: z.object({ user: z.string() }),
  async run(actor, input) {
    await mayEnter(actor, "bastion.test", input, { "": input });
    const account = await bastionAccount(input);
    await hosts().signIn(account);
    return { user: account.username };
  },
});

/**
 * Signs in to a host, becomes root, and asks Docker for its version.
 * @throws UpliftError not_found, ssh.*, bastion.*, sudo.refused
 */
export const testConnection = operation({
  name: "hosts.test-connection",
  permission: "inventory.change",
  input: ConnectInput,
  output: typed<ConnectionReport>(),
  async run(actor, input) {
    const { bastion, ...ssh } = input;
    await mayEnter(actor, "host.test", ssh, { "": ssh, ...(bastion && { bastion }) });
    const host = await connectTo(input);
    const { user, root } = await accountOf(host);
    const name = await host.exec(looks.hostName(), { timeoutMs: 20_000 });
    const report = { hostname: name.stdout.trim(), user, root };
    try {
      return { ...report, dockerVersion: await dockerVersionOf(host), dockerTrouble: null };
    } catch (error) {
      return { ...report, dockerVersion: null, dockerTrouble: errorInfo(error).message };
    }
  },
});

/**
 * Reads what one node tells about its deployment and proposes how to register it. Nothing on the
 * node is changed; the MetaDB's password is sealed here and only its id goes on.
 *
 * @throws UpliftError not_found, ssh.*, bastion.*, sudo.refused, docker.*, container.*, config.*
 */
export const discover = operation({
  name: "hosts.discover",
  permission: "inventory.change",
  input: ConnectInput.extend({ containerName: ContainerName.nullish() }),
  output: typed<Discovery>(),
  async run(actor, { containerName, ...access }) {
    const { bastion, ...ssh } = access;
    await mayEnter(actor, "host.discover", ssh, { "": ssh, ...(bastion && { bastion }) });
    const host = await connectTo(access);
    const found = await discoverNode(host, containerName ?? null);
    if (found.outcome === "choose") return found;
    const { node } = found;
    const passwordId = await transaction(async (tx) => {
      const detail = {
        ...{ host: ssh.host, port: ssh.port, bastion: bastion?.host ?? null },
        container: node.container.name,
      };
      const target = { type: "credential", id: ssh.credentialId } as const;
      await audit(tx, actor, "deployment.discover", target, detail);
      const { metaHost, metaPort, metaUser } = node.config;
      const server = { host: metaHost, port: metaPort, user: metaUser };
      return keepDiscovered(tx, node.metaPassword, { server, foundOn: hostOf(ssh) });
    });
    const { config } = node;
    const address = node.hostIp ?? ssh.host;
    const [metadb, otherNodes] = await Promise.all([
      tryMetadb(host, config, node.metaPassword, passwordId),
      Promise.all(
        config.cmNodes
          .filter((one) => one !== address)
          .slice(0, mostNeighbours)
          .map((one) => dialling(() => neighbour(one, ssh.port, bastion))),
      ),
    ]);
    const proposal: DiscoveryProposal = {
      version: versionOfImage(node.container.image),
      image: node.container.image,
      running: node.container.running,
      mounts: node.container.mounts.map(({ source, target }) => ({ source, target })),
      https: node.https,
      configPath: node.configPath,
      node: { name: node.hostname, address, containerName: node.container.name, ssh },
      region: {
        name: config.cmRegion,
        location: config.cmLocation,
        isDefault: config.cmIsDefault,
        cmUrl: config.cmUrl,
        heartbeatDatabase: config.heartbeatDatabase,
      },
      metadb: {
        ...{ host: config.metaHost, port: config.metaPort, user: config.metaUser, passwordId },
        ...{ rmDatabase: config.rmDatabase, cmDatabase: config.cmDatabase },
        ...metadb,
      },
      otherNodes,
      notes: notesOn(node, address),
    };
    return { outcome: "found" as const, proposal };
  },
});

/**
 * Keeps in the audit who is about to be spoken to, and refuses to send a stored password to a host of the asker's choice.
 *
 * @param uses the hosts that are entered with a credential, by their place in the input
 */
async function mayEnter(
  actor: Actor,
  action: "host.fetch-key" | "host.test" | "host.discover" | "bastion.test",
  { host, port }: Pick<SshAccess, "host" | "port">,
  uses: Record<string, SshAccess>,
): Promise<void> {
  await refuseNewHosts(
    db(),
    actor,
    Object.entries(uses).map(([path, ssh]) => ({ path, ssh })),
  );
  const through = uses.bastion ? `${uses.bastion.host}:${uses.bastion.port}` : null;
  const credentialIds = Object.values(uses).map(({ credentialId }) => credentialId);
  const target = { type: "host", id: `${host}:${port}` } as const;
  await transaction((tx) => audit(tx, actor, action, target, { bastion: through, credentialIds }));
}

async function connectTo({ bastion, ...ssh }: ConnectInput): Promise<RemoteHost> {
  // Not a registered node yet: it is called by its address.
  const id = `discovery:${ssh.host}:${ssh.port}`;
  return hosts().connect(await hostTarget(ssh, { id, name: ssh.host }, bastion));
}

async function presentedKey(
  host: string,
  port: number,
  bastion: SshAccess | null,
): Promise<PresentedKey> {
  const account = bastion && (await bastionAccount(bastion));
  const { type, fingerprint } = await hosts().fetchHostKey(host, port, account);
  return { type, fingerprint };
}

async function neighbour(
  address: string,
  port: number,
  bastion: SshAccess | null,
): Promise<NeighbourNode> {
  try {
    return { address, hostKey: await presentedKey(address, port, bastion), trouble: null };
  } catch (error) {
    return { address, hostKey: null, trouble: errorInfo(error).message };
  }
}

function notesOn(node: FoundNode, address: string): string[] {
  const { container, config } = node;
  const notes: string[] = [];
  if (!container.running) notes.push(`The container ${container.name} does not run now.`);
  if (versionOfImage(container.image) === null) {
    notes.push(`The image ${container.image} names no version: give it yourself.`);
  }
  if (node.hostIp === null) {
    notes.push("The container has no OMS_HOST_IP: check the node's address.");
  }
  if (!config.cmNodes.includes(address)) {
    const listed = config.cmNodes.join(", ") || "nothing";
    notes.push(`cm_nodes lists ${listed}, but not this node's address ${address}.`);
  }
  return notes;
}
