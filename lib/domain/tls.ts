import { z } from "zod";
import { SecretId } from "./ids.ts";

/**
 * How a session with a MySQL server is secured.
 *
 * `off`: not at all. `preferred`: encrypted where the server offers it. `required`: encrypted or not at all;
 * whoever answers is believed. `verify-ca`: the server's certificate must come from the given authority.
 * `verify-full`: and must be for the host that is registered.
 */
export const TlsMode = z.enum(["off", "preferred", "required", "verify-ca", "verify-full"]);
export type TlsMode = z.infer<typeof TlsMode>;

/** What a mode may need beside itself, in PEM: the authority, a client certificate with its key, MySQL's RSA key. */
export const tlsParts = ["ca", "certificate", "key", "publicKey"] as const;
export type TlsPart = (typeof tlsParts)[number];

/** The TLS of a registered server; its parts are kept sealed. */
export const ServerTls = z.object({
  mode: TlsMode,
  caId: SecretId.nullable(),
  certificateId: SecretId.nullable(),
  keyId: SecretId.nullable(),
  publicKeyId: SecretId.nullable(),
});
export type ServerTls = z.infer<typeof ServerTls>;

/** Of servers that were registered before there was a choice: what they were reached with. */
export const withoutTls: ServerTls = {
  ...{ mode: "off", caId: null, certificateId: null, keyId: null, publicKeyId: null },
};

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

/** The parts that a mode cannot do without, out of those that are missing. */
export function missingParts(mode: TlsMode, has: (part: TlsPart) => boolean): TlsPart[] {
  const half = (["certificate", "key"] as const).filter((part) => !has(part));
  return [
    ...(verifiesServer(mode) && !has("ca") ? (["ca"] as const) : []),
    ...(partsOfUse[mode].includes("key") && half.length === 1 ? half : []),
  ];
}

/** A file of a server's certificates or of many authorities has some kilobytes, characters. */
const longestPem = 64 * 1024;

/**
 * PEM that somebody pastes: the blocks that are wanted, without what stands around them. Absent or empty: keep
 * what is stored, as a form shows such a field empty. Null: forget it.
 */
function pemInput(label: RegExp, otherwise: string) {
  return z
    .string()
    .max(longestPem, "At most 64 KiB.")
    .nullish()
    .transform((text, context) => {
      if (text === null || text === undefined) return text;
      if (text.trim() === "") return undefined;
      const blocks = (text.match(/-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g) ?? [])
        .filter((block) => label.test(block))
        .map((block) => block.replace(/\s*\r?\n\s*/g, "\n"));
      if (blocks.length > 0) return `${blocks.join("\n")}\n`;
      context.addIssue({ code: "custom", message: otherwise });
      return z.NEVER;
    });
}

const certificates = pemInput(
  /BEGIN CERTIFICATE/,
  "Paste certificates in PEM format (-----BEGIN CERTIFICATE-----).",
);

/** TLS as a form and the API send it. */
export const TlsInput = z.object({
  mode: TlsMode.default("preferred"),
  ca: certificates,
  certificate: certificates,
  key: pemInput(
    /BEGIN ((RSA|EC) )?PRIVATE KEY/,
    "Paste a private key in PEM format, without a passphrase.",
  ),
  publicKey: pemInput(
    /BEGIN PUBLIC KEY/,
    "Paste the server's public key in PEM format (public_key.pem in its data directory).",
  ),
});
export type TlsInput = z.infer<typeof TlsInput>;
