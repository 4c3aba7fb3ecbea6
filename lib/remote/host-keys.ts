import { createHash } from "node:crypto";
import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { Client } from "ssh2";
import { unreachable } from "./connect-errors.ts";
import type { HostKey } from "./types.ts";

const handshakeTimeoutMs = 15_000;

/** What messages call a server that nobody has registered yet. */
export const unnamed = { name: "The host" };

/** The fingerprint of a public key blob as OpenSSH prints it: `SHA256:` and unpadded base64. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** A host key from its wire form, which begins with the key type as a length-prefixed string. */
export function describeHostKey(blob: Buffer): HostKey {
  const length = blob.readUInt32BE(0);
  return {
    type: blob.toString("latin1", 4, 4 + length),
    fingerprint: fingerprintOf(blob),
    publicKey: blob.toString("base64"),
  };
}

/**
 * Shows the key a server presents: the handshake goes as far as the key and is then refused,
 * so no user name and no credential is ever sent.
 * @param tunnel a stream that a bastion has opened to the server; null: connect to it directly
 * @throws UpliftError ssh.unreachable
 */
export function readHostKey(host: string, port: number, tunnel: Duplex | null): Promise<HostKey> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const socket = tunnel ?? connectTcp({ host, port, noDelay: true });
    let tcpConnected = tunnel !== null;
    let key: HostKey | null = null;
    let failure: Error = new Error("the server closed the connection");
    socket.once("connect", () => {
      tcpConnected = true;
    });
    client.on("error", (error) => {
      failure = error;
      socket.destroy();
    });
    client.on("close", () => {
      if (key === null) reject(unreachable({ ...unnamed, host, port }, tcpConnected, failure));
      else resolve(key);
    });
    client.connect({
      sock: socket,
      username: "uplift",
      readyTimeout: handshakeTimeoutMs,
      hostVerifier: (blob: Buffer) => {
        key = describeHostKey(blob);
        return false;
      },
    });
  });
}
