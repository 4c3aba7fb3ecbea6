import type { X509Certificate } from "node:crypto";
import tls, { type TLSSocket } from "node:tls";
import { UpliftError } from "#lib/domain/errors.ts";
import type { TlsMaterial } from "#lib/domain/server-login.ts";
import { verifiesServer, withheldRemedy } from "#lib/domain/tls-modes.ts";
import type { SqlConnection } from "./connect.ts";

/** What is wrong with the certificate that a server showed, for the mode of its deployment; null: nothing. */
export function certificateProblem(
  session: TLSSocket,
  { server, tls: { mode } }: Pick<SqlConnection, "server" | "tls">,
  where: string,
): UpliftError | null {
  if (!verifiesServer(mode)) return null;
  const certificate = session.getPeerX509Certificate();
  // The types call it an error; it is OpenSSL's code.
  if (!session.authorized || !certificate)
    return untrusted(certificate, String(session.authorizationError), where);
  if (mode === "verify-ca") return null;
  const otherName = tls.checkServerIdentity(server.host, session.getPeerCertificate());
  return otherName ? wrongName(certificate, server.host, where, otherName) : null;
}

/** OpenSSL's codes in words. */
const reasons: Record<string, string> = {
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  SELF_SIGNED_CERT_IN_CHAIN: "another authority issued it",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "another authority issued it",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "another authority issued it",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed",
};

function untrusted(certificate: X509Certificate | undefined, code: string, where: string) {
  const { issuer, fingerprint, until } = described(certificate);
  return new UpliftError(
    "metadb.tls_untrusted",
    `${where}: the server's certificate is not trusted: ${reasons[code] ?? code}. Issuer: ${issuer}; SHA-256 fingerprint: ${fingerprint}; valid until ${until}.`,
    {
      remedy:
        "Compare the fingerprint with the certificate on the server. If they match, update the CA in the deployment or renew the certificate. If they differ, the connection is intercepted.",
      cause: new Error(code),
    },
  );
}

function wrongName(certificate: X509Certificate, host: string, where: string, cause: Error) {
  const names = certificate.subjectAltName ?? inOneLine(certificate.subject);
  return new UpliftError(
    "metadb.tls_wrong_name",
    `${where}: the server's certificate is for ${names}, not for ${host}.`,
    {
      remedy:
        'Register the server under a name in its certificate, issue a certificate for this name, or set the TLS mode to "verify-ca".',
      cause,
    },
  );
}

function described(certificate: X509Certificate | undefined) {
  if (!certificate) return { issuer: "none", fingerprint: "none", until: "never" };
  const { issuer, fingerprint256, validTo } = certificate;
  return { issuer: inOneLine(issuer), fingerprint: fingerprint256, until: validTo };
}

/** Node gives a distinguished name as lines. */
const inOneLine = (name: string) => name.replaceAll("\n", ", ");

export function handshakeFailed(cause: Error, where: string): UpliftError {
  return new UpliftError(
    "metadb.tls_failed",
    `${where}: TLS could not be set up: ${cause.message}`,
    {
      remedy:
        "Check which TLS versions the server supports (Uplift needs 1.2 or 1.3), and whether it requires a client certificate.",
      cause,
    },
  );
}

export function notOffered(cause: unknown, where: string): UpliftError {
  return new UpliftError("metadb.tls_not_offered", `${where} does not support TLS.`, {
    remedy:
      'Enable TLS on the server, or set the TLS mode to "preferred" or "off" in the deployment.',
    cause,
  });
}

export function tlsRequired(cause: unknown, message: string, where: string): UpliftError {
  return new UpliftError(
    "metadb.tls_required",
    `${where} only accepts TLS connections: ${message}`,
    {
      remedy: 'Set the TLS mode to "preferred" or stronger in the deployment.',
      cause,
    },
  );
}

/** What else may be behind a refusal, where a server refuses in the same words as for a wrong password. */
export function accessHints({ mode, certificate }: TlsMaterial): string[] {
  if (mode === "off" || mode === "preferred")
    return [
      'If the account requires TLS or a client certificate, set the TLS mode to "required" or stronger.',
    ];
  return certificate
    ? []
    : ["If the account requires a client certificate, enter it in the deployment."];
}

export function passwordWithheld(where: string, encrypted: boolean): UpliftError {
  const message = encrypted
    ? `${where} asked for the password in clear text, but its certificate is not verified. Uplift did not send it.`
    : `${where} asked for the password, but the connection is not encrypted. Uplift did not send it.`;
  return new UpliftError("metadb.password_withheld", message, {
    remedy: withheldRemedy,
    cause: new Error("the password was withheld"),
  });
}
