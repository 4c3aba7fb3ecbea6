import { endpoint } from "#lib/api/endpoint.ts";
import { fetchHostKey } from "#lib/services/discovery.ts";

/** The key that a host presents now, to be compared and pinned: `{ host, port, bastion? }`. */
export const POST = endpoint(({ actor, body }) => fetchHostKey(actor, body));
