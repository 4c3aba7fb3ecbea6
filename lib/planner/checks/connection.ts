import type { Check, ServerFacts } from "#lib/domain/facts.ts";
import { withheldRemedy } from "#lib/domain/tls-modes.ts";
import { check } from "./check.ts";

/** How the session with a server came about, and whether the next one will. */
export function connectionCheck({ key, host, port, tls, rememberedOnly }: ServerFacts): Check {
  const encryption = tls
    ? `Encrypted with ${tls.protocol}; the server's certificate is ${tls.verified ? "verified" : "not verified"}.`
    : "Not encrypted.";
  return check(
    `metadb.${key}.connection`,
    `${host}:${port}`,
    "MetaDB connection",
    rememberedOnly ? "fail" : "pass",
    rememberedOnly
      ? `${encryption} The login works only while the server remembers the account (caching_sha2_password). After a restart or FLUSH PRIVILEGES it asks for the password, and Uplift does not send it over this connection.`
      : encryption,
    withheldRemedy,
  );
}
