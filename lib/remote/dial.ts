import type { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import { UpliftError } from "#lib/domain/errors.ts";
import { connectionLost, notStarted, place } from "./connect-errors.ts";
import type { Connection } from "./connection.ts";
import { type ForwardFailure, forward } from "./forward.ts";
import type { Link } from "./link.ts";
import type { SshAccount } from "./types.ts";
import { until } from "./until.ts";

/** sshd itself waits for its TCP connect as long as the kernel does, which can be two minutes. */
const dialTimeoutMs = 20_000;

/** A TCP connection from the host to `host:port`; see RemoteHost.dial. */
export async function dial(link: Link, host: string, port: number): Promise<Duplex> {
  const { target } = link;
  const deadline = AbortSignal.timeout(dialTimeoutMs);
  let connection: Connection | null = null;
  try {
    const lease = await link.lease("dial", deadline);
    connection = lease.connection;
    const opened = openThrough(lease.connection, target, host, port);
    opened.then((channel) => releaseAtItsEnd(channel, lease.release), lease.release);
    return await until(opened, deadline).catch((error: unknown) => {
      opened.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
  } catch (error) {
    if (!deadline.aborted) throw error;
    if (connection === null) {
      throw notStarted(target, `A connection to ${host}:${port}`, dialTimeoutMs);
    }
    throw notReached(target, host, port, `no answer within ${dialTimeoutMs / 1000} s`);
  }
}

async function openThrough(
  connection: Connection,
  target: SshAccount,
  host: string,
  port: number,
): Promise<ClientChannel> {
  const answer = await forward(connection, host, port);
  if ("kind" in answer) throw failed(connection, target, host, port, answer);
  return answer;
}

/**
 * Gives the slot back when the channel is closed, or given up: a destroyed channel in which something
 * is left unread would never report its close, and after sixteen of them no connection could be made.
 */
function releaseAtItsEnd(channel: ClientChannel, release: () => void): void {
  channel.once("close", release);
  const destroy = channel.destroy.bind(channel);
  channel.destroy = () => {
    destroy();
    channel.resume();
    release();
    return channel;
  };
}

function failed(
  connection: Connection,
  target: SshAccount,
  host: string,
  port: number,
  { kind, detail, cause }: ForwardFailure,
): UpliftError {
  switch (kind) {
    case "lost": {
      const doing = `a connection to ${host}:${port} was opened through it`;
      return connectionLost(target, doing, connection.lossCause ?? cause);
    }
    case "prohibited":
      return forwardingRefused(target, host, port, cause);
    case "unreachable":
      return notReached(target, host, port, detail, cause);
    case "other":
      return notOpened(target, host, port, detail, cause);
  }
}

function forwardingRefused(target: SshAccount, host: string, port: number, cause: Error) {
  return new UpliftError(
    "ssh.forwarding_refused",
    `The SSH server of ${place(target)} does not allow a connection to ${host}:${port} through it.`,
    {
      host: target.name,
      remedy:
        "Set `AllowTcpForwarding yes` (or `local`) in the host's sshd_config, check PermitOpen there and " +
        "`no-port-forwarding` or `restrict` in authorized_keys, and reload sshd.",
      cause,
    },
  );
}

function notReached(
  target: SshAccount,
  host: string,
  port: number,
  detail: string,
  cause?: Error,
): UpliftError {
  return new UpliftError(
    "ssh.target_unreachable",
    `${place(target)} could not reach ${host}:${port}: ${detail}.`,
    {
      host: target.name,
      retryable: true,
      remedy: `On that host, check that ${host}:${port} answers: the address, the port, the service and the firewall between them.`,
      cause,
    },
  );
}

function notOpened(target: SshAccount, host: string, port: number, detail: string, cause: Error) {
  return new UpliftError(
    "ssh.forwarding_failed",
    `The SSH server of ${place(target)} opened no connection to ${host}:${port}: ${detail}.`,
    {
      host: target.name,
      retryable: true,
      remedy:
        "Look at the SSH server's log on that host; it may lack memory or file descriptors, or not " +
        "know forwarding at all.",
      cause,
    },
  );
}
