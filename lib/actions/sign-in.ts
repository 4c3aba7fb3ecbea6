"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { type CookieToSet, signIn, signOut } from "#lib/auth/sign-in.ts";
import { createAdministrator } from "#lib/operations/setup.ts";
import { type ActionResult, answer } from "./session.ts";

/** Starts a session. */
export async function signInAction(input: {
  email: string;
  password: string;
}): Promise<ActionResult<null>> {
  return answer(async () => {
    await setCookies(await signIn(input, await headers()));
    return null;
  });
}

/** Ends the session and goes to the log-in page. */
export async function signOutAction(): Promise<void> {
  await setCookies(await signOut(await headers()));
  redirect("/login");
}

/** Makes the first administrator and signs that person in. */
export async function setUpAction(input: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<ActionResult<null>> {
  return answer(async () => {
    const asked = await headers();
    await createAdministrator(input, asked);
    await setCookies(await signIn(input, asked));
    return null;
  });
}

async function setCookies(toSet: readonly CookieToSet[]): Promise<void> {
  const jar = await cookies();
  for (const { name, value, options } of toSet) jar.set(name, value, options);
}
