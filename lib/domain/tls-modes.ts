/**
 * How a session with a MySQL server is secured.
 *
 * `off`: not at all. `preferred`: encrypted where the server offers it. `required`: encrypted or not at all;
 * whoever answers is believed. `verify-ca`: the server's certificate must come from the given authority.
 * `verify-full`: and must be for the host that is registered.
 */
export const tlsModes = ["off", "preferred", "required", "verify-ca", "verify-full"] as const;
export type TlsMode = (typeof tlsModes)[number];

/** What a mode may need beside itself, in PEM: the authority, a client certificate with its key, MySQL's RSA key. */
export const tlsParts = ["ca", "certificate", "key", "publicKey"] as const;
export type TlsPart = (typeof tlsParts)[number];

/**
 * The parts that each mode makes use of. MySQL's RSA key has no part in an encrypted session, and a client
 * certificate is of use where one is sure to be asked for.
 */
export const partsOfUse: Record<TlsMode, readonly TlsPart[]> = {
  off: ["publicKey"],
  preferred: [],
  required: ["certificate", "key"],
  "verify-ca": ["ca", "certificate", "key"],
  "verify-full": ["ca", "certificate", "key"],
};

/** Whether the server must prove in the TLS handshake who it is. */
export function verifiesServer(mode: TlsMode): boolean {
  return mode === "verify-ca" || mode === "verify-full";
}

/**
 * Changes of the mode that let nobody see the password who could not see it before. With any other change
 * the password must be given again (lib/services/server-secrets.ts): `required` believes whoever answers, and
 * so is no step up for a password.
 */
export const harmlessChanges: Partial<Record<TlsMode, readonly TlsMode[]>> = {
  off: ["preferred"],
  "verify-ca": ["verify-full"],
};

/** What a mode cannot do without and does not have, with what to say to that. */
export function missingParts(
  mode: TlsMode,
  has: (part: TlsPart) => boolean,
): { part: TlsPart; message: string }[] {
  const missing: { part: TlsPart; message: string }[] = [];
  const uses = partsOfUse[mode];
  if (uses.includes("ca") && !has("ca")) {
    missing.push({ part: "ca", message: "Enter the CA certificate." });
  }
  if (uses.includes("key") && has("certificate") !== has("key")) {
    missing.push(
      has("key")
        ? { part: "certificate", message: "Enter the certificate of this private key." }
        : { part: "key", message: "Enter the private key of this certificate." },
    );
  }
  return missing;
}

/** What lets a server that asks for the password itself have it. */
export const withheldRemedy =
  'Set the TLS mode to "verify-ca" and enter the server\'s CA (on MySQL: ca.pem in the data directory). Without TLS, set it to "off" and enter the server\'s public key (public_key.pem).';
