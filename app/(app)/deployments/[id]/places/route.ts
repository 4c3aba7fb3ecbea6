import { reading } from "#lib/actions/read.ts";

/** Where the run that is on is, for the picture of the deployment. */
export const GET = reading("runs.places", ({ id }: { id: string }) => ({ deploymentId: id }));
