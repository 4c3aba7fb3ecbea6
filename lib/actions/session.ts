import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { type ErrorInfo, errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { logger } from "#lib/log/log.ts";

/** The person behind a page or an action; whoever is not logged in goes to the log-in page. */
export async function requireActor(): Promise<Actor> {
  const actor = await actorFromHeaders(await headers());
  if (actor) return actor;
  redirect("/login");
}

/** What an action answers: its result, or an error in words for the page that called it. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | { ok: false; error: ErrorInfo & { fields?: readonly { path: string; message: string }[] } };

/**
 * Runs an action's one service call for the person who asked. Expected errors come back as words;
 * unexpected ones are logged and come back as `internal` without their text.
 */
export async function act<T>(work: (actor: Actor) => Promise<T>): Promise<ActionResult<T>> {
  const actor = await requireActor();
  return answer(() => work(actor));
}

/** As `act`, for whoever is not signed in yet. */
export async function answer<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof UpliftError) {
      const fields = (error as { fields?: readonly { path: string; message: string }[] }).fields;
      return { ok: false, error: { ...errorInfo(error), ...(fields ? { fields } : {}) } };
    }
    logger("actions").error("an action failed", { error });
    const info = { ...errorInfo(error), message: "Something went wrong inside Uplift." };
    return { ok: false, error: info };
  }
}
