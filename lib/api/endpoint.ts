import { actorFromHeaders } from "#lib/auth/actor.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { inWords, type Render } from "#lib/domain/message.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { chooseLocale } from "#lib/i18n/locales.ts";
import { saidIn } from "#lib/i18n/said-in.ts";
import { logger } from "#lib/log/log.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { problemOf } from "./problem.ts";

interface Call<P> {
  actor: Actor;
  params: P;
  /** The parsed JSON body; undefined for requests without one. */
  body: unknown;
  query: URLSearchParams;
  /** In the language of whoever asks. */
  render: Render;
}

/** Larger bodies are not forms. */
const maxBodyBytes = 1024 * 1024;

/**
 * A route handler: who asks, one service call, and its result as JSON (or as the response that the work
 * made itself); errors as problem details.
 * State can be changed with a bearer token only: a cookie would let other sites' pages do it.
 *
 * @param status of a successful answer
 */
export function endpoint<P = Record<string, never>>(
  work: (call: Call<P>) => Promise<unknown>,
  status = 200,
) {
  return async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    const render = saidIn[chooseLocale(undefined, request.headers.get("accept-language"))];
    try {
      const actor = await actorFromHeaders(request.headers);
      const changes = request.method !== "GET";
      if (!actor || (changes && actor.via !== "token")) {
        throw new UpliftError("unauthenticated", "This address needs a valid bearer token.", {
          remedy:
            "Make one under Settings > API tokens, or with npm run token; send it as Authorization: Bearer.",
        });
      }
      const result = await work({
        actor,
        params: await context.params,
        body: changes ? await readBody(request) : undefined,
        query: new URL(request.url).searchParams,
        render,
      });
      if (result instanceof Response) return result;
      return Response.json(inWords(result ?? null, render), {
        status,
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      const problem = problemOf(error, render);
      if (problem.status === 500) logger("api").error("a request failed", { error });
      return Response.json(problem, {
        status: problem.status,
        headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
      });
    }
  };
}

async function readBody(request: Request): Promise<unknown> {
  const invalid = (message: string) => new RequestInvalid([{ path: "", message }]);
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) {
    throw invalid("The body is larger than 1 MiB.");
  }
  const text = await request.text();
  if (text.length > maxBodyBytes) throw invalid("The body is larger than 1 MiB.");
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("The body is not JSON.");
  }
}

/** A whole number of the query, at least 0. @throws RequestInvalid */
export function wholeNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? "0";
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RequestInvalid([{ path: name, message: "A whole number, at least 0." }]);
}

/** An id out of the path; one that cannot be is as unknown as one that is not there. */
export function idParam<T>(
  schema: { safeParse(v: unknown): { success: boolean; data?: T } },
  text: string,
): T {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data as T;
  throw new UpliftError("not_found", `There is no ${text.slice(0, 80)}.`, {
    remedy: "Check the address.",
  });
}
