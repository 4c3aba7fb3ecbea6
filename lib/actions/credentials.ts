"use server";

import type { CredentialId } from "#lib/domain/ids.ts";
import {
  type CredentialView,
  createCredential,
  deleteCredential,
  listCredentials,
  updateCredential,
} from "#lib/services/credentials.ts";
import { type ActionResult, act } from "./session.ts";

/** Makes a credential, or changes the one with this id. @returns it as lists show it */
export async function saveCredentialAction(
  id: CredentialId | null,
  document: unknown,
): Promise<ActionResult<CredentialView>> {
  return act(async (actor) => {
    const saved = id ?? (await createCredential(actor, document));
    if (id) await updateCredential(actor, id, document);
    const view = (await listCredentials(actor)).find((one) => one.id === saved);
    if (!view) throw new Error(`credential ${saved} is gone`);
    return view;
  });
}

export async function deleteCredentialAction(id: CredentialId): Promise<ActionResult<void>> {
  return act((actor) => deleteCredential(actor, id));
}
