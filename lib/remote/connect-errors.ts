import { UpliftError } from "#lib/domain/errors.ts";
import type { SshAccount } from "./types.ts";

/** A server as far as messages need it. */
type Server = Pick<SshAccount, "name" | "host" | "port">;

/** How messages call a host: its name and where it was looked for. */
export function place({ name, host, port }: Server): string {
  return `${name} (${host}:${port})`;
}

/** How far a connection attempt had come when it failed. */
export interface Attempt {
  tcpConnected: boolean;
  /** Fingerprint the server presented, when it was not the pinned one. */
  refusedFingerprint: string | null;
  /** Ways to log in that the server offered, once it has said so. */
  offeredMethods: readonly string[] | null;
}

/** What ssh2 and Node put on their errors. */
interface ConnectFailure extends Error {
  level?: string;
  code?: string | number;
}

const socketFailures: Record<string, string> = {
  ECONNREFUSED: "the connection was refused: nothing listens on that port",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "there is no route to its network",
  ETIMEDOUT: "there was no answer",
  ECONNRESET: "the host closed the connection at once",
  ENOTFOUND: "the name does not resolve to an address",
  EAI_AGAIN: "the name could not be looked up: the name server does not answer",
};

/** Words for a failed connection attempt. Nothing was sent to the host beyond the login. */
export function connectError(target: SshAccount, attempt: Attempt, cause: unknown): UpliftError {
  const failure: ConnectFailure = cause instanceof Error ? cause : new Error(String(cause));
  if (attempt.refusedFingerprint !== null) {
    return hostKeyChanged(target, attempt.refusedFingerprint);
  }
  if (failure.level === "client-authentication") return authFailed(target, attempt, failure);
  return unreachable(target, attempt.tcpConnected, failure);
}

export function hostKeyChanged(target: SshAccount, presented: string): UpliftError {
  return new UpliftError(
    "ssh.host_key_changed",
    `${place(target)} presented the SSH host key ${presented}, but the key pinned for it is ` +
      `${target.hostKeyFingerprint}. Nothing was sent to it.`,
    {
      host: target.name,
      remedy:
        "If the host was reinstalled, compare `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on " +
        "its console with the presented key, then pin the new key in the deployment. If it was not, " +
        "somebody else may be answering at this address: do not go on.",
    },
  );
}

function authFailed(target: SshAccount, attempt: Attempt, cause: Error): UpliftError {
  const { username, auth } = target;
  const tried = auth.method === "password" ? "the password" : "the private key";
  const offered = attempt.offeredMethods?.join(", ");
  return new UpliftError(
    "ssh.auth_failed",
    `${place(target)} did not let ${username} in with ${tried}` +
      `${offered ? `; it accepts: ${offered}` : ""}.`,
    {
      host: target.name,
      remedy:
        auth.method === "password"
          ? "Check the user and the password of its credential, and that the account is not locked."
          : `Check that the public key is in ~${username}/.ssh/authorized_keys on the host, with modes ` +
            "0700 and 0600, and that sshd allows this user.",
      cause,
    },
  );
}

/** A private key that cannot be used, found before anything was sent. */
export function keyUnusable(target: SshAccount, cause: unknown): UpliftError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UpliftError(
    "ssh.auth_failed",
    `The private key for ${target.username} on ${place(target)} cannot be used: ${reason}.`,
    {
      host: target.name,
      remedy: "Store the key again, in OpenSSH or PEM format, with its passphrase if it has one.",
      cause,
    },
  );
}

/** Also used for looking at a host key, where there is no account yet. */
export function unreachable(
  target: Server,
  tcpConnected: boolean,
  failure: ConnectFailure,
): UpliftError {
  const known = typeof failure.code === "string" ? socketFailures[failure.code] : undefined;
  const timedOut = failure.level === "client-timeout";
  const reason = timedOut
    ? tcpConnected
      ? "the port is open, but no SSH server answered in time"
      : "there was no answer"
    : tcpConnected
      ? `the SSH handshake failed: ${failure.message}`
      : (known ?? failure.message);
  return new UpliftError("ssh.unreachable", `${place(target)} cannot be reached: ${reason}.`, {
    host: target.name,
    retryable: true,
    remedy: `From the machine Uplift runs on, try \`ssh -p ${target.port} ${target.host}\`; check that the host is up, the address, the port and the firewall.`,
    cause: failure,
  });
}

/**
 * The time was over before the command could be sent.
 * @param name - the command or job, as the beginning of a sentence
 */
export function notStarted(target: SshAccount, name: string, timeoutMs: number): UpliftError {
  return new UpliftError(
    "ssh.unreachable",
    `${name} was not started: ${place(target)} could not take it within ${timeoutMs / 1000} s.`,
    {
      host: target.name,
      retryable: true,
      remedy:
        "Check that the host is up and that the address, the port and the firewall are right.",
    },
  );
}

/**
 * The connection broke after a command was sent.
 * @param doing - what was under way, as the middle of a sentence
 */
export function connectionLost(target: SshAccount, doing: string, cause?: unknown): UpliftError {
  const detail = cause instanceof Error && cause.message ? ` (${cause.message})` : "";
  return new UpliftError(
    "ssh.connection_lost",
    `The connection to ${place(target)} was lost while ${doing}${detail}. It is not known whether it finished.`,
    {
      host: target.name,
      retryable: true,
      remedy:
        "Check the host and the network. The next use connects again; nothing is repeated blindly.",
      cause,
    },
  );
}
