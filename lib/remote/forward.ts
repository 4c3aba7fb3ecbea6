import type { ClientChannel } from "ssh2";
import type { Connection } from "./connection.ts";

/** Why an SSH server opened no connection to somewhere else. */
export interface ForwardFailure {
  kind: /** The connection to the SSH server itself is gone. */
    | "lost"
    /** The server forbids it. */
    | "prohibited"
    /** The server tried and could not connect. */
    | "unreachable"
    /** Anything else, such as a shortage of resources. */
    | "other";
  /** The server's words. */
  detail: string;
  cause: Error;
}

/** RFC 4254, 5.1 */
const reasons: Record<number, ForwardFailure["kind"]> = { 1: "prohibited", 2: "unreachable" };

/** Asks an SSH server for a TCP connection from there to `host:port`. Never rejects. */
export function forward(
  connection: Connection,
  host: string,
  port: number,
): Promise<ClientChannel | ForwardFailure> {
  return new Promise((resolve) => {
    const refuse = (cause: Error & { reason?: unknown }) => {
      const detail = cause.message.replace("(SSH) Channel open failure: ", "");
      const lost = connection.lost;
      const reason = typeof cause.reason === "number" ? reasons[cause.reason] : undefined;
      resolve({ kind: lost ? "lost" : (reason ?? "other"), detail, cause });
    };
    try {
      connection.client.forwardOut("127.0.0.1", 0, host, port, (error, channel) => {
        if (error) refuse(error);
        else resolve(channel);
      });
    } catch (error) {
      refuse(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
