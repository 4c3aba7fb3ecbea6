import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { place } from "./connect-errors.ts";
import type { SshAccount } from "./types.ts";

/** The server at the other end of a bastion. */
export type TunnelEnd = Pick<SshAccount, "name" | "host" | "port">;

/** What went wrong with a bastion itself, by what is said of a server that is reached directly. */
const bastionCodes: Partial<Record<ErrorCode, ErrorCode>> = {
  "ssh.unreachable": "bastion.unreachable",
  "ssh.auth_failed": "bastion.auth_failed",
  "ssh.host_key_changed": "bastion.host_key_changed",
};

/** The bastion could not be entered; nothing was asked of the server behind it. */
export function bastionFailed(end: TunnelEnd, error: UpliftError): UpliftError {
  return new UpliftError(
    bastionCodes[error.code] ?? error.code,
    `${place(end)} is reached through a bastion, which failed: ${error.message}`,
    { host: end.name, remedy: error.remedy, retryable: error.retryable, cause: error },
  );
}

/** The connection to the bastion broke while one through it was opened. */
export function bastionLost(bastion: SshAccount, end: TunnelEnd, cause: Error): UpliftError {
  return new UpliftError(
    "bastion.unreachable",
    `${place(end)} is reached through a bastion, and the connection to ${place(bastion)} was lost (${cause.message}).`,
    {
      host: end.name,
      retryable: true,
      remedy: "Check the bastion and the network to it. The next use connects again.",
      cause,
    },
  );
}

/** The bastion's SSH server forbids the way on. */
export function bastionRefused(bastion: SshAccount, end: TunnelEnd, cause: Error): UpliftError {
  return new UpliftError(
    "bastion.forwarding_refused",
    `${place(bastion)} does not allow a connection to ${place(end)} through it.`,
    {
      host: end.name,
      remedy:
        `Set \`AllowTcpForwarding yes\` (or \`local\`) in the bastion's sshd_config for ${bastion.username}, ` +
        `let PermitOpen there and \`permitopen\`, \`no-port-forwarding\` or \`restrict\` in authorized_keys ` +
        `allow ${end.host}:${end.port}, and reload sshd.`,
      cause,
    },
  );
}

/** The bastion is fine and could not connect to the server behind it. */
export function notReachedFrom(
  bastion: SshAccount,
  end: TunnelEnd,
  detail: string,
  cause?: Error,
): UpliftError {
  return new UpliftError(
    "ssh.unreachable",
    `${place(end)} cannot be reached from ${place(bastion)}: ${detail}.`,
    {
      host: end.name,
      retryable: true,
      remedy:
        `On the bastion, try \`ssh -p ${end.port} ${end.host}\`; check that the host is up, its ` +
        "address and port as the bastion knows them, and the firewall between the two.",
      cause,
    },
  );
}

/** The bastion opened no connection, for a reason that is neither its rules nor the other server. */
export function bastionStuck(
  bastion: SshAccount,
  end: TunnelEnd,
  detail: string,
  cause: Error,
): UpliftError {
  return new UpliftError(
    "bastion.unreachable",
    `${place(bastion)} opened no connection to ${place(end)}: ${detail}.`,
    {
      host: end.name,
      retryable: true,
      remedy:
        "Look at the SSH server's log on the bastion; it may lack memory or file descriptors.",
      cause,
    },
  );
}
