import { reading } from "#lib/actions/read.ts";

/** The images on the nodes, for the wizard. */
export const GET = reading("plans.images-on-nodes", ({ id }: { id: string }) => ({
  deploymentId: id,
}));
