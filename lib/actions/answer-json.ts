import { headers } from "next/headers";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { answer } from "./session.ts";

/**
 * As `act`, for a route handler that pages fetch in the background: a browser sends server actions
 * one after another, and a look over SSH would hold up whatever is clicked meanwhile.
 */
export async function answerJson<T>(work: (actor: Actor) => Promise<T>): Promise<Response> {
  const result = await answer(async () => {
    const actor = await actorFromHeaders(await headers());
    if (actor) return work(actor);
    throw new UpliftError("unauthenticated", "Your session is over.", { remedy: "Sign in again." });
  });
  return Response.json(result, { headers: { "cache-control": "no-store" } });
}
