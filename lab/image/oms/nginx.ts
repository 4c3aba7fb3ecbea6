// Part of the OMS stand-in (a test double): the console's web server and the other listening ports.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { certificate } from "./config.ts";

/** HTTPS only when the certificate is mounted, as OMS does. */
export function createWebServer(listener: RequestListener): Server {
  if (!existsSync(certificate.crt) || !existsSync(certificate.key)) return createServer(listener);
  return createHttpsServer(
    { cert: readFileSync(certificate.crt), key: readFileSync(certificate.key) },
    listener,
  );
}

/** Listens; resolves to why not, or undefined. */
export function listen(server: TcpServer, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once("error", (error: Error) => resolve(error.message));
    server.listen(port, () => resolve(undefined));
  });
}

/** A port that accepts and closes: what a monitor that only tries to connect sees. */
export function createPort() {
  return createTcpServer((socket) => socket.destroy());
}
