import { APIError } from "better-auth/api";
import { parseSetCookieHeader, toCookieOptions } from "better-auth/cookies";
import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { auth } from "./auth.ts";

/** A cookie to set, as `cookies().set(name, value, options)` of Next takes it. */
export interface CookieToSet {
  name: string;
  value: string;
  options: ReturnType<typeof toCookieOptions>;
}

const Credentials = z.object({ email: z.string(), password: z.string() });

/**
 * Signs a person in, for server actions.
 *
 * @returns the cookies to set
 * @throws UpliftError unauthenticated (always the same words, whatever was wrong), rate_limited
 */
export async function signIn(input: unknown, headers: Headers): Promise<CookieToSet[]> {
  const body = Credentials.safeParse(input);
  if (!body.success) throw refused();
  try {
    const answer = await auth().api.signInEmail({ body: body.data, headers, returnHeaders: true });
    return cookiesOf(answer.headers);
  } catch (error) {
    throw error instanceof APIError ? wordsFor(error) : error;
  }
}

/** Ends the session of these headers. @returns the cookies to clear */
export async function signOut(headers: Headers): Promise<CookieToSet[]> {
  const answer = await auth().api.signOut({ headers, returnHeaders: true });
  return cookiesOf(answer.headers);
}

function cookiesOf(headers: Headers): CookieToSet[] {
  const cookies = parseSetCookieHeader(headers.getSetCookie().join(", "));
  return [...cookies].map(([name, cookie]) => ({
    name,
    value: cookie.value,
    options: toCookieOptions(cookie),
  }));
}

function wordsFor(error: APIError): UpliftError {
  if (error.statusCode === 429) {
    return new UpliftError("rate_limited", error.message, {
      remedy: "Wait, then try again.",
      retryable: true,
    });
  }
  // Reached only with the right password: the admin plugin refuses the session.
  if (error.statusCode === 403) {
    return new UpliftError("forbidden", error.message, { remedy: "Ask an administrator." });
  }
  return refused();
}

function refused(): UpliftError {
  return new UpliftError("unauthenticated", "The e-mail address or the password is wrong.", {
    remedy: "Check both. An administrator can set a new password for you.",
  });
}
