import { reading } from "#lib/actions/read.ts";

/** How far the preflight is that is under way; null: none is. */
export const GET = reading("preflights.progress", ({ id }: { id: string }) => ({
  deploymentId: id,
}));
