"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signIn, signOut } from "#lib/auth/sign-in.ts";
import { setCookies } from "./cookies.ts";
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
