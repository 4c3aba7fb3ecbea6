import { cookies } from "next/headers";
import type { CookieToSet } from "#lib/auth/sign-in.ts";

/** Puts cookies on the answer of a server action. */
export async function setCookies(toSet: readonly CookieToSet[]): Promise<void> {
  const jar = await cookies();
  for (const { name, value, options } of toSet) jar.set(name, value, options);
}
