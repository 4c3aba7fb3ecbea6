import { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import { UpliftError } from "#lib/domain/errors.ts";
import {
  bastionFailed,
  bastionLost,
  bastionRefused,
  bastionStuck,
  notReachedFrom,
  type TunnelEnd,
} from "./bastion-errors.ts";
import type { Connection } from "./connection.ts";
import { forward } from "./forward.ts";
import type { Lease, Link } from "./link.ts";
import type { SshAccount } from "./types.ts";
import { either, until } from "./until.ts";

/** sshd itself waits for its TCP connect as long as the kernel does, which can be two minutes. */
const tunnelTimeoutMs = 15_000;

/**
 * The right to open one tunnel through a bastion to the server at its `end`.
 * @throws UpliftError bastion.*; the signal's reason when it is aborted
 */
export async function leaveThrough(
  bastion: Link<SshAccount>,
  end: TunnelEnd,
  signal?: AbortSignal,
): Promise<Lease> {
  try {
    return await bastion.lease("tunnel", signal);
  } catch (error) {
    throw error instanceof UpliftError ? bastionFailed(end, error) : error;
  }
}

/**
 * A TCP connection from a bastion to an SSH server, as the socket of the connection to that server.
 * Takes the lease over: it is given back when the tunnel is closed, or when there is none.
 * @throws UpliftError ssh.unreachable, bastion.forwarding_refused, bastion.unreachable; the signal's
 * reason when it is aborted
 */
export async function openTunnel(
  bastion: SshAccount,
  lease: Lease,
  end: TunnelEnd,
  signal?: AbortSignal,
): Promise<Duplex> {
  const { connection } = lease;
  const deadline = AbortSignal.timeout(tunnelTimeoutMs);
  const opened = forward(connection, end.host, end.port).then((answer) => {
    if ("kind" in answer) {
      lease.release();
      return answer;
    }
    return socketOf(answer, connection, lease.release);
  });
  try {
    const answer = await until(opened, either(deadline, signal));
    if (!("kind" in answer)) return answer;
    switch (answer.kind) {
      case "lost":
        throw bastionLost(bastion, end, connection.lossCause ?? answer.cause);
      case "prohibited":
        throw bastionRefused(bastion, end, answer.cause);
      case "unreachable":
        throw notReachedFrom(bastion, end, answer.detail, answer.cause);
      case "other":
        throw bastionStuck(bastion, end, answer.detail, answer.cause);
    }
  } catch (error) {
    void opened.then((late) => "kind" in late || late.destroy());
    if (!deadline.aborted) throw error;
    throw notReachedFrom(bastion, end, `no answer within ${tunnelTimeoutMs / 1000} s`);
  }
}

/**
 * The channel as a socket that is closed at once when it is destroyed. The channel itself closes when
 * the bastion has answered, which one that is gone never does.
 */
function socketOf(channel: ClientChannel, bastion: Connection, release: () => void): Duplex {
  const socket = new Duplex({
    read: () => channel.resume(),
    write: (chunk: Buffer, _encoding, done) => void channel.write(chunk, () => done()),
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      channel.destroy();
      // Unread, it would never report its end.
      channel.resume();
      release();
      done(error);
    },
  });
  channel.on("data", (chunk: Buffer) => {
    if (!socket.destroyed && !socket.push(chunk)) channel.pause();
  });
  // Without a listener an error would end the process; `close` tells the end anyway.
  channel.on("error", () => undefined);
  socket.on("error", () => undefined);
  channel.on("end", () => socket.destroyed || socket.push(null));
  channel.on("close", () => {
    const why = bastion.lost ? new Error("the connection to the bastion was lost") : undefined;
    // What was pushed last is read before the end.
    setImmediate(() => socket.destroy(why));
  });
  return socket;
}
