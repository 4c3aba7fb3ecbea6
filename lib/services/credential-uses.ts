import type { DeploymentInput } from "#lib/domain/deployment-input.ts";
import type { SshAccess } from "#lib/domain/inventory.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { roleMay } from "#lib/domain/roles.ts";
import type { Tx } from "#lib/store/client.ts";
import { RequestInvalid } from "./request-invalid.ts";

type Target = Pick<SshAccess, "host" | "port" | "hostKeyFingerprint">;

/** A host as a secret sees it: who has this key at this address. */
export const hostOf = ({ host, port, hostKeyFingerprint }: Target): string =>
  `${host.toLowerCase()}:${port} ${hostKeyFingerprint}`;

/** The hosts of a deployment, by the places that name them in its document. */
export function hostsOf({ regions }: Pick<DeploymentInput, "regions">) {
  return regions.flatMap((region, r) => [
    ...(region.bastion ? [{ path: `regions.${r}.bastion`, ssh: region.bastion }] : []),
    ...region.nodes.map((node, n) => ({ path: `regions.${r}.nodes.${n}.ssh`, ssh: node.ssh })),
  ]);
}

/** Whether this person may decide by themselves where any stored secret is sent. */
export const decidesOnSecrets = ({ role }: Pick<Actor, "role">): boolean =>
  roleMay(role, "secret.expose");

/**
 * Refuses to send a stored password to a host that it has not been sent to: whoever names a host and its key may not
 * have somebody else's password shown to a machine of their own. A credential serves the hosts that are registered
 * with it; another one needs an administrator, or the person who typed the password. A private key never leaves.
 *
 * @param uses what is to be entered, with its place in the document
 * @throws RequestInvalid
 */
export async function refuseNewHosts(
  tx: Pick<Tx, "credential">,
  actor: Pick<Actor, "userId" | "role">,
  uses: readonly { path: string; ssh: SshAccess }[],
): Promise<void> {
  if (decidesOnSecrets(actor)) return;
  const credentials = await tx.credential.findMany({
    where: {
      id: { in: uses.map(({ ssh }) => ssh.credentialId) },
      OR: [{ passwordId: { not: null } }, { sudoPasswordId: { not: null } }],
    },
    include: {
      nodes: { select: { sshHost: true, sshPort: true, hostKeyFingerprint: true } },
      regions: { select: { bastionHost: true, bastionPort: true, bastionHostKey: true } },
    },
  });
  const problems = uses.filter(({ ssh }) => {
    const row = credentials.find(({ id }) => id === ssh.credentialId);
    if (!row || row.typedById === actor.userId) return false;
    const served = [
      ...row.nodes.map(({ sshHost: host, sshPort: port, hostKeyFingerprint }) =>
        hostOf({ host, port, hostKeyFingerprint }),
      ),
      ...row.regions.map(({ bastionHost, bastionPort, bastionHostKey }) =>
        hostOf({
          ...{ host: bastionHost ?? "", port: bastionPort ?? 0 },
          hostKeyFingerprint: bastionHostKey ?? "",
        }),
      ),
    ];
    return !served.includes(hostOf(ssh));
  });
  if (problems.length === 0) return;
  const message =
    "This credential has not been used for this host, port, and host key. Enter its passwords again under Settings > Credentials, or ask an administrator.";
  throw new RequestInvalid(
    problems.map(({ path }) => ({
      path: path === "" ? "credentialId" : `${path}.credentialId`,
      message,
    })),
  );
}
