"use server";

import type { Role } from "#lib/domain/roles.ts";
import {
  changeOwnPassword,
  createUser,
  setUserDisabled,
  setUserPassword,
  setUserRole,
} from "#lib/services/users.ts";
import { type ActionResult, act } from "./session.ts";

export async function createUserAction(input: unknown): Promise<ActionResult<string>> {
  return act((actor) => createUser(actor, input));
}

export async function setUserRoleAction(id: string, role: Role): Promise<ActionResult<void>> {
  return act((actor) => setUserRole(actor, id, role));
}

export async function setUserDisabledAction(
  id: string,
  disabled: boolean,
): Promise<ActionResult<void>> {
  return act((actor) => setUserDisabled(actor, id, disabled));
}

export async function setUserPasswordAction(
  id: string,
  password: string,
): Promise<ActionResult<void>> {
  return act((actor) => setUserPassword(actor, id, password));
}

/** Every session ends with it, this one too. */
export async function changeOwnPasswordAction(input: unknown): Promise<ActionResult<void>> {
  return act((actor) => changeOwnPassword(actor, input));
}
