import { reading } from "#lib/actions/read.ts";

/** What the palette finds while one types. */
export const GET = reading("search", (_, query) => ({ text: query.get("text") ?? "" }));
