import type { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import { UpliftError } from "#lib/domain/errors.ts";
import { connectionLost, place } from "./connect-errors.ts";
import type { Connection } from "./connection.ts";
import { createDeadline, until } from "./deadline.ts";
import type { Link } from "./link.ts";
import type { HostTarget } from "./types.ts";

/** sshd itself waits for its TCP connect as long as the kernel does, which can be two minutes. */
const dialTimeoutMs = 20_000;
/** RFC 4254, 5.1 */
const administrativelyProhibited = 1;

/** A TCP connection from the host to `host:port`; see RemoteHost.dial. */
export async function dial(link: Link, host: string, port: number): Promise<Duplex> {
  const { target } = link;
  using deadline = createDeadline(dialTimeoutMs);
  try {
    const lease = await link.lease("dial", deadline.signal);
    const opened = forward(lease.connection, target, host, port);
    opened.then((channel) => releaseAtItsEnd(channel, lease.release), lease.release);
    return await until(opened, deadline.signal).catch((error: unknown) => {
      opened.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
  } catch (error) {
    if (!deadline.passed) throw error;
    throw notReached(target, host, port, `no answer within ${dialTimeoutMs / 1000} s`);
  }
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

function forward(
  connection: Connection,
  target: HostTarget,
  host: string,
  port: number,
): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error & { reason?: unknown }) => {
      if (connection.lost || !connection.socket.writable) {
        return reject(
          connectionLost(target, `a connection to ${host}:${port} was opened through it`, error),
        );
      }
      if (error.reason === administrativelyProhibited) {
        return reject(forwardingRefused(target, host, port, error));
      }
      const detail = error.message.replace("(SSH) Channel open failure: ", "");
      reject(notReached(target, host, port, detail, error));
    };
    try {
      connection.client.forwardOut("127.0.0.1", 0, host, port, (error, channel) => {
        if (error) return refuse(error);
        resolve(channel);
      });
    } catch (error) {
      refuse(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function forwardingRefused(target: HostTarget, host: string, port: number, cause: Error) {
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
  target: HostTarget,
  host: string,
  port: number,
  detail: string,
  cause?: Error,
): UpliftError {
  return new UpliftError(
    "ssh.forwarding_refused",
    `${place(target)} could not reach ${host}:${port}: ${detail}.`,
    {
      host: target.name,
      retryable: true,
      remedy: `On that host, check that ${host}:${port} answers: the address, the port, the service and the firewall between them.`,
      cause,
    },
  );
}
