import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { type ErrorInfo, errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { getSaid } from "#lib/i18n/server.ts";
import { logger } from "#lib/log/log.ts";

/** The person behind a page or an action; whoever is not logged in goes to the log-in page. */
export async function requireActor(): Promise<Actor> {
  const actor = await actorFromHeaders(await headers());
  if (actor) return actor;
  redirect("/login");
}

/** What an action answers: its result, or an error in words for the page that called it. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; error: ShownError };

/** An error in the words of whoever asked. */
type ShownError = Omit<ErrorInfo, "message" | "remedy"> & {
  message: string;
  remedy: string;
  fields?: readonly { path: string; message: string }[];
};

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
    const said = await getSaid();
    const info = errorInfo(error);
    const remedy = said(info.remedy);
    if (error instanceof UpliftError) {
      const { fields } = error as { fields?: readonly { path: string; message: Text }[] };
      const shown = fields?.map(({ path, message }) => ({ path, message: said(message) }));
      const message = said(info.message);
      return { ok: false, error: { ...info, message, remedy, ...(shown && { fields: shown }) } };
    }
    logger("actions").error("an action failed", { error });
    const message = said("Something went wrong inside Uplift.");
    return { ok: false, error: { ...info, message, remedy } };
  }
}
