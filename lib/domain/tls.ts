import { z } from "zod";
import { SecretId } from "./ids.ts";
import { tlsModes } from "./tls-modes.ts";

const TlsMode = z.enum(tlsModes);

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
