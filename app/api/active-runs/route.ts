import { reading } from "#lib/actions/read.ts";

/** Feeds the bar over every page. */
export const GET = reading("runs.active", () => ({}));
