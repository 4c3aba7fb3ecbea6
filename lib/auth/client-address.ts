import type { IncomingMessage } from "node:http";

/** Set by server.ts on every request, whatever the client sent: a client cannot choose it. */
export const clientAddressHeader = "x-uplift-client";

/**
 * Writes the client's address into the request's headers, for rate limits and sessions.
 * @param trustProxy whether a proxy of ours appends to X-Forwarded-For; its entry is the last one
 */
export function stampClientAddress(request: IncomingMessage, trustProxy: boolean): void {
  const forwarded = trustProxy ? request.headers["x-forwarded-for"] : undefined;
  const last = [forwarded].flat().at(-1)?.split(",").at(-1)?.trim();
  request.headers[clientAddressHeader] = last || request.socket.remoteAddress || "unknown";
}

export function clientAddress(headers: Headers): string {
  return headers.get(clientAddressHeader) ?? "unknown";
}
