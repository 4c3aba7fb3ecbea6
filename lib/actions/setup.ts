"use server";

import { headers } from "next/headers";
import { signIn } from "#lib/auth/sign-in.ts";
import { createAdministrator } from "#lib/services/setup.ts";
import { setCookies } from "./cookies.ts";
import { type ActionResult, answer } from "./session.ts";

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
