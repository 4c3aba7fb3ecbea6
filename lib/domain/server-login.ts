import type { SecretId } from "./ids.ts";
import type { DatabaseServer } from "./inventory.ts";
import type { Secret } from "./secret.ts";
import { partsOfUse, type TlsMode, type TlsPart } from "./tls-modes.ts";

/** What a session is secured with, opened; null: there is none, or the mode makes no use of it. */
export interface TlsMaterial extends Record<TlsPart, Secret | null> {
  mode: TlsMode;
}

/** All that is secret about a log-in to a database server. */
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
  const open = async (part: TlsPart) => {
    const id = partsOfUse[tls.mode].includes(part) ? tls[`${part}Id`] : null;
    return id === null ? null : secret(id);
  };
  const [password, ca, certificate, key, publicKey] = await Promise.all([
    secret(passwordId),
    open("ca"),
    open("certificate"),
    open("key"),
    open("publicKey"),
  ]);
  return { password, tls: { mode: tls.mode, ca, certificate, key, publicKey } };
}
