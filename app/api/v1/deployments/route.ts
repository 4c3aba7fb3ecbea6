import { endpoint } from "#lib/api/endpoint.ts";
import { createDeployment } from "#lib/services/inventory.ts";
import { listDeployments } from "#lib/services/inventory-reading.ts";

/** All deployments, by name. */
export const GET = endpoint(({ actor }) => listDeployments(actor));

/** Registers a deployment with its regions and nodes as one document. */
export const POST = endpoint(
  async ({ actor, body }) => ({ id: await createDeployment(actor, body) }),
  201,
);
