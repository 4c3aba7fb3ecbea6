import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import type { Secret } from "#lib/domain/secret.ts";
import type { TlsPart } from "#lib/domain/tls-modes.ts";
import { type FieldProblem, RequestInvalid } from "./request-invalid.ts";

/** The TLS parts of a server as they will be, opened; null: there is none. */
export type TlsFiles = Record<TlsPart, Secret | null>;

/**
 * Refuses what no handshake could use, so that it is told where it was typed.
 *
 * @param path of the parts in the document: `metadb.tls`
 * @throws RequestInvalid
 */
export function refuseUnusable(files: TlsFiles, path: string): void {
  const problems = tlsProblems(files);
  if (problems.length > 0) {
    throw new RequestInvalid(
      problems.map(({ path: part, message }) => ({ path: `${path}.${part}`, message })),
    );
  }
}

function tlsProblems({ ca, certificate, key, publicKey }: TlsFiles): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const attempt = <T>(part: TlsPart, message: string, read: () => T): T | null => {
    try {
      return read();
    } catch {
      problems.push({ path: part, message });
      return null;
    }
  };
  const damaged = "A certificate is damaged. Paste the whole file again.";
  if (ca) attempt("ca", damaged, () => certificatesOf(ca));
  if (publicKey) {
    const read = attempt(
      "publicKey",
      "The public key is damaged. Paste the whole file again.",
      () => createPublicKey(publicKey.reveal()),
    );
    if (read && read.asymmetricKeyType !== "rsa")
      problems.push({ path: "publicKey", message: "Enter an RSA public key." });
  }
  if (certificate && key) {
    const [leaf] = attempt("certificate", damaged, () => certificatesOf(certificate)) ?? [];
    const secret = attempt("key", "The private key is damaged. Paste the whole file again.", () =>
      createPrivateKey(key.reveal()),
    );
    if (leaf && secret && !leaf.checkPrivateKey(secret))
      problems.push({ path: "key", message: "The private key does not match the certificate." });
  }
  return problems;
}

function certificatesOf(pem: Secret): X509Certificate[] {
  const ends = /(?<=-----END CERTIFICATE-----\n)/;
  return pem
    .reveal()
    .split(ends)
    .map((block) => new X509Certificate(block));
}

/** Whether two files hold the same. */
export function isSameFile(one: Secret | null, other: Secret | null): boolean {
  return one?.reveal() === other?.reveal();
}
