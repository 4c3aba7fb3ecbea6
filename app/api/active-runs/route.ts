import { headers } from "next/headers";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { activeRuns } from "#lib/services/active-run.ts";

/** Feeds the bar over every page. Not a server action: those wait for each other. */
export async function GET(): Promise<Response> {
  const actor = await actorFromHeaders(await headers());
  if (!actor) return Response.json({ code: "unauthenticated" }, { status: 401 });
  const answer = { runs: await activeRuns(actor), at: Date.now() };
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}
