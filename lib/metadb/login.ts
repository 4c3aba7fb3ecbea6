import type { SecretId } from "#lib/domain/ids.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { TlsMode, TlsPart } from "#lib/domain/tls-modes.ts";

/** What a session is secured with, opened. */
export interface TlsMaterial extends Record<TlsPart, Secret | null> {
  mode: TlsMode;
}

/** All that is secret about a log-in to a server. */
export interface ServerLogin {
  password: Secret;
  tls: TlsMaterial;
}

/** A log-in that has nothing but a password. */
export function passwordLogin(password: Secret, mode: "off" | "preferred"): ServerLogin {
  const none = { ca: null, certificate: null, key: null, publicKey: null };
  return { password, tls: { mode, ...none } };
}

/** Opens what is sealed of a registered server. @throws UpliftError not_found, internal */
export async function serverLogin(
  { passwordId, tls }: Pick<DatabaseServer, "passwordId" | "tls">,
  secret: (id: SecretId) => Promise<Secret>,
): Promise<ServerLogin> {
  const open = async (id: SecretId | null) => (id === null ? null : secret(id));
  const [password, ca, certificate, key, publicKey] = await Promise.all([
    secret(passwordId),
    open(tls.caId),
    open(tls.certificateId),
    open(tls.keyId),
    open(tls.publicKeyId),
  ]);
  return { password, tls: { mode: tls.mode, ca, certificate, key, publicKey } };
}
