import http from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { UpliftError } from "#lib/domain/errors.ts";

/** An answer over a stream. */
export interface HttpAnswer {
  status: number;
  body: string;
}

/** Larger answers are not those of a health check. */
const maxBytes = 256 * 1024;

/**
 * One GET over a stream that was opened by a host. OMS's certificates are made by the site for its
 * console, and the address asked is the node itself through its own pinned SSH connection: the
 * certificate is not verified.
 *
 * @throws UpliftError http.no_answer
 */
export function httpGetOver(
  stream: Duplex,
  url: { address: string; port: number; https: boolean; path: string },
  timeoutMs: number,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      stream.destroy();
      const why = cause instanceof Error ? cause.message : String(cause);
      reject(
        new UpliftError("http.no_answer", `${url.address}:${url.port} gave no answer: ${why}`, {
          remedy: "Check that OMS listens on this port.",
          retryable: true,
          cause,
        }),
      );
    };
    const client = url.https ? https : http;
    const request = client.request(
      {
        host: url.address,
        port: url.port,
        path: url.path,
        method: "GET",
        agent: false,
        timeout: timeoutMs,
        headers: { connection: "close", accept: "application/json" },
        rejectUnauthorized: false,
        // Over HTTPS Node wraps this socket in TLS itself.
        ...(url.https ? { socket: stream } : { createConnection: () => stream }),
      } as https.RequestOptions,
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          body += text;
          if (body.length > maxBytes) fail(new Error("the answer is too long"));
        });
        response.on("end", () => {
          stream.destroy();
          resolve({ status: response.statusCode ?? 0, body });
        });
        response.on("error", fail);
      },
    );
    request.on("timeout", () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    request.on("error", fail);
    stream.on("error", fail);
    request.end();
  });
}
