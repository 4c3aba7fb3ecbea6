import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;
const version = "v1:";

/** The sealed text was changed, belongs to another row, or was sealed with another key. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/**
 * Encrypts with AES-256-GCM. `context` (the row's id) is bound to the result, so sealed texts cannot
 * be swapped between rows.
 *
 * @returns `v1:` and base64 of nonce, tag and ciphertext
 */
export function seal(key: KeyObject, context: string, text: string): string {
  const iv = randomBytes(ivBytes);
  const encrypt = createCipheriv(cipher, key, iv, { authTagLength: tagBytes });
  encrypt.setAAD(Buffer.from(context, "utf8"));
  const body = Buffer.concat([encrypt.update(text, "utf8"), encrypt.final()]);
  return version + Buffer.concat([iv, encrypt.getAuthTag(), body]).toString("base64");
}

/** @throws SealBroken */
export function unseal(key: KeyObject, context: string, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(version.length), "base64");
  if (!sealed.startsWith(version) || bytes.length < ivBytes + tagBytes) {
    throw new SealBroken(`what is stored as ${context} is not a sealed secret`);
  }
  const decrypt = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decrypt.setAAD(Buffer.from(context, "utf8"));
  decrypt.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const body = decrypt.update(bytes.subarray(ivBytes + tagBytes));
    return Buffer.concat([body, decrypt.final()]).toString("utf8");
  } catch (cause) {
    throw new SealBroken(`the secret ${context} cannot be opened`, { cause });
  }
}
