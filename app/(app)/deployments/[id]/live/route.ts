import { reading } from "#lib/actions/read.ts";

/** What the nodes and the MetaDB say now, for the deployment's page. */
export const GET = reading("deployments.look", ({ id }: { id: string }) => ({ deploymentId: id }));
