import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import mysql, { type ConnectionOptions } from "mysql2";
import type { Connection } from "mysql2/promise";
import type { UpliftError } from "#lib/domain/errors.ts";
import { verifiesServer } from "#lib/domain/tls-modes.ts";
import type { SqlConnection } from "./connect.ts";
import { loginPolicy } from "./login-policy.ts";
import { certificateProblem, handshakeFailed } from "./tls-errors.ts";
import type { SessionSecurity } from "./types.ts";

/** Bit of the server's capabilities: it takes up TLS when it is asked to. */
const capabilitySsl = 0x0800;

/** The parts of the driver's connection that are no part of its interface, and that TLS needs. */
interface Inside {
  stream: Duplex;
  config: { ssl: unknown };
  /** What the server's greeting said; 0 before it. */
  serverCapabilityFlags: number;
  packetParser: { execute(data: Buffer): void };
  startTLS: (done: (error?: Error) => void) => void;
}

/**
 * Logs in over a stream, encrypted as the deployment wants it.
 *
 * The driver's own TLS can neither check an IP address nor tell whose certificate it refused, nor take TLS up
 * where it is offered and do without elsewhere: the handshake is made here, all else is the driver's.
 *
 * @throws UpliftError metadb.tls_*, metadb.password_withheld; the driver's errors
 */
export async function logIn(
  to: SqlConnection,
  where: string,
  options: ConnectionOptions,
): Promise<{ connection: Connection; secured: SessionSecurity }> {
  const { stream } = to;
  const { mode } = to.tls;
  const secured: SessionSecurity = { tls: null, rememberedOnly: false };
  const policy = loginPolicy(to, where, secured);
  const driver = mysql.createConnection({ ...options, authPlugins: policy.plugins });
  let refused: UpliftError | null = null;

  const inside = driver as unknown as Inside;
  Object.defineProperty(inside.config, "ssl", {
    get: () => mode !== "off" && (mode !== "preferred" || offersTls(inside)),
  });
  inside.startTLS = (done) => {
    stream.removeAllListeners("data");
    const encrypted = tls.connect({ socket: stream, ...handshakeOptions(to) });
    inside.stream = encrypted;
    encrypted.on("data", (data: Buffer) => inside.packetParser.execute(data));
    encrypted.once("secureConnect", () => {
      refused = certificateProblem(encrypted, to, where);
      if (refused) return done(refused.cause as Error);
      const protocol = encrypted.getProtocol() ?? "TLS";
      secured.tls = { protocol, verified: verifiesServer(mode) };
      done();
    });
    encrypted.on("error", (error) => {
      if (secured.tls) return stream.destroy(error);
      const isLost = (error as NodeJS.ErrnoException).code === "ECONNRESET";
      if (!isLost) refused ??= handshakeFailed(error, where);
      done(error);
    });
  };

  // Without a listener a lost connection would end the process; the pending query rejects anyway.
  driver.on("error", () => stream.destroy());
  await new Promise<void>((resolve, reject) => {
    driver.once("connect", () => resolve());
    driver.once("error", (error) => reject(refused ?? policy.refusal() ?? error));
  });
  return { connection: driver.promise(), secured };
}

function offersTls({ serverCapabilityFlags }: Inside): boolean {
  return (serverCapabilityFlags & capabilitySsl) !== 0;
}

function handshakeOptions({ server, tls: { mode, ca, certificate, key } }: SqlConnection) {
  return {
    // Looked at when the handshake is over and before anything is sent, so that it can be told whose it is.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(ca && { ca: ca.reveal() }),
    ...(certificate && { cert: certificate.reveal() }),
    ...(key && { key: key.reveal() }),
    ...(isIP(server.host) === 0 && { servername: server.host }),
    // What an old server can do is better than nothing, which is the other choice.
    ...(mode === "preferred" && { minVersion: "TLSv1" as const, ciphers: "DEFAULT:@SECLEVEL=0" }),
  };
}
