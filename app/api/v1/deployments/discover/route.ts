import { endpoint } from "#lib/api/endpoint.ts";
import { discover } from "#lib/services/discovery.ts";

/** What one node tells about its deployment: `{ host, port, credentialId, hostKeyFingerprint, containerName?, bastion? }`. */
export const POST = endpoint(({ actor, body }) => discover(actor, body));
