import { z } from "zod";
import { TypedSecret } from "#lib/domain/deployment-input.ts";
import { SecretId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { Tx } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import { RequestInvalid } from "./request-invalid.ts";

const PrivateKey = z
  .string()
  .max(32 * 1024, "Not a private key.")
  .transform((text) => (text.trim() === "" ? undefined : `${text.trim().replaceAll("\r", "")}\n`))
  .refine(
    (text) => text === undefined || /^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----\n/.test(text),
    "Paste the whole private key, from -----BEGIN to END-----.",
  )
  .optional();

/** Null removes what is stored; absent or empty keeps it. */
export const CredentialInput = z.object({
  name: z.string().trim().min(1, "Give a name.").max(80, "At most 80 characters."),
  username: z
    .string()
    .trim()
    .regex(/^[A-Za-z_][A-Za-z0-9_.@\\-]{0,63}$/, "Not a user name."),
  method: z.enum(["password", "key"]),
  password: TypedSecret,
  privateKey: PrivateKey,
  passphrase: TypedSecret.nullable(),
  sudoPassword: TypedSecret.nullable(),
});

export const secretFields = ["password", "privateKey", "passphrase", "sudoPassword"] as const;

export const StoredSecrets = z.object({
  passwordId: SecretId.nullable(),
  privateKeyId: SecretId.nullable(),
  passphraseId: SecretId.nullable(),
  sudoPasswordId: SecretId.nullable(),
});
export type StoredSecrets = z.infer<typeof StoredSecrets>;

export const noSecrets: StoredSecrets = {
  passwordId: null,
  privateKeyId: null,
  passphraseId: null,
  sudoPasswordId: null,
};

/** What the row refers to after this change; a method's secrets are kept only while it is used. */
export async function writeSecrets(
  tx: Tx,
  input: z.infer<typeof CredentialInput>,
  stored: StoredSecrets,
): Promise<StoredSecrets> {
  const write = async (id: SecretId | null, text: string | null | undefined) => {
    if (text === null) return null;
    return text === undefined ? id : secrets.putOrReplace(tx, id, new Secret(text));
  };
  const byKey = input.method === "key";
  const next = {
    passwordId: byKey ? null : await write(stored.passwordId, input.password),
    privateKeyId: byKey ? await write(stored.privateKeyId, input.privateKey) : null,
    passphraseId: byKey ? await write(stored.passphraseId, input.passphrase) : null,
    sudoPasswordId: await write(stored.sudoPasswordId, input.sudoPassword),
  };
  if (byKey ? next.privateKeyId === null : next.passwordId === null) {
    const path = byKey ? "privateKey" : "password";
    throw new RequestInvalid([
      { path, message: byKey ? "Give the private key." : "Give the password." },
    ]);
  }
  return next;
}
