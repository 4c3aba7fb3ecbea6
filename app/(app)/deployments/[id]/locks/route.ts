import { reading } from "#lib/actions/read.ts";

/** Who holds the nodes that `node` names, each of them once. */
export const GET = reading("locks.list", ({ id }: { id: string }, query) => ({
  deploymentId: id,
  nodes: query.getAll("node"),
}));
