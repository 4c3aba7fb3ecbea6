import { endpoint } from "#lib/api/endpoint.ts";
import { createCredential, listCredentials } from "#lib/services/credentials.ts";

/** All credentials, without their secrets. */
export const GET = endpoint(({ actor }) => listCredentials(actor));

export const POST = endpoint(
  async ({ actor, body }) => ({ id: await createCredential(actor, body) }),
  201,
);
