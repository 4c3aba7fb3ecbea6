import { type CredentialId, type NodeId, SecretId } from "#lib/domain/ids.ts";
import { SshAccess } from "#lib/domain/inventory.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { HostTarget, SshAccount } from "#lib/remote/types.ts";
import { db } from "#lib/store/client.ts";
import { bastionOf } from "#lib/store/inventory-rows.ts";
import { secrets } from "#lib/store/secrets.ts";
import { notFound } from "./refusals.ts";

/**
 * How to reach a host, with its secrets opened: for connections only.
 *
 * @param host the pool's key (a node's id) and the name that errors use
 * @param bastion what it is reached through; null: directly
 * @throws UpliftError not_found, internal (a secret cannot be opened)
 */
export async function hostTarget(
  ssh: SshAccess,
  host: { id: string; name: string },
  bastion: SshAccess | null,
): Promise<HostTarget> {
  const [account, through] = await Promise.all([
    accountOf(ssh, host),
    bastion && bastionAccount(bastion),
  ]);
  return { ...account, bastion: through };
}

/**
 * How to enter a bastion. Hosts behind the same one share the connection to it, whatever deployment
 * they are of: what decides who enters where is in the pool's key.
 *
 * @throws UpliftError not_found, internal (a secret cannot be opened)
 */
export async function bastionAccount(ssh: SshAccess): Promise<SshAccount> {
  const { host, port, credentialId, hostKeyFingerprint } = ssh;
  const id = `bastion:${host}:${port}:${credentialId}:${hostKeyFingerprint}`;
  const { sudoPassword: _, ...account } = await accountOf(ssh, { id, name: "the bastion" });
  return account;
}

async function accountOf(
  ssh: SshAccess,
  host: { id: string; name: string },
): Promise<Omit<HostTarget, "bastion">> {
  const row = await db().credential.findUnique({ where: { id: ssh.credentialId } });
  if (!row) throw notFound("credential", ssh.credentialId);
  const opened = async (id: string | null): Promise<Secret | null> =>
    id === null ? null : secrets.get(SecretId.parse(id));
  const needed = async (id: string | null): Promise<Secret> => {
    const secret = await opened(id);
    if (!secret) throw notFound("secret of the credential", row.name);
    return secret;
  };
  return {
    ...{ id: host.id, name: host.name, host: ssh.host, port: ssh.port, username: row.username },
    auth:
      row.method === "key"
        ? {
            method: "key",
            privateKey: await needed(row.privateKeyId),
            passphrase: await opened(row.passphraseId),
          }
        : { method: "password", password: await needed(row.passwordId) },
    sudoPassword: await opened(row.sudoPasswordId),
    hostKeyFingerprint: ssh.hostKeyFingerprint,
  };
}

/** The target of a registered node, as it is registered now. @throws UpliftError not_found */
export async function targetOfNode(nodeId: NodeId): Promise<HostTarget> {
  const node = await db().node.findUnique({ where: { id: nodeId }, include: { region: true } });
  if (!node) throw notFound("node", nodeId);
  const ssh = SshAccess.parse({
    ...{ host: node.sshHost, port: node.sshPort, credentialId: node.credentialId as CredentialId },
    hostKeyFingerprint: node.hostKeyFingerprint,
  });
  const bastion = SshAccess.nullable().parse(bastionOf(node.region));
  return hostTarget(ssh, { id: nodeId, name: node.name }, bastion);
}
