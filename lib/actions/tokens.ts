"use server";

import { createToken, revokeToken } from "#lib/services/tokens.ts";
import { type ActionResult, act } from "./session.ts";

/** The token's text is in this answer and nowhere else. */
export async function createTokenAction(
  input: unknown,
): Promise<ActionResult<{ id: string; token: string }>> {
  return act((actor) => createToken(actor, input));
}

export async function revokeTokenAction(id: string): Promise<ActionResult<void>> {
  return act((actor) => revokeToken(actor, id));
}
