import mysql, { type AuthPlugin } from "mysql2";
import type { UpliftError } from "#lib/domain/errors.ts";
import type { SqlConnection } from "./connect.ts";
import { passwordWithheld } from "./tls-errors.ts";
import type { SessionSecurity } from "./types.ts";

/** What caching_sha2_password says once it has seen the password's hash. */
const isRemembered = Buffer.from([3]);
const wantsPassword = Buffer.from([4]);

/**
 * Who is given the password itself, which some log-in methods ask for beside or in place of a hash: a server
 * that proved in the TLS handshake who it is, one that the deployment says to believe (`required`), and the
 * holder of the RSA key that was given for it. A key that a server sends along proves nothing: who stands in
 * between sends its own.
 *
 * @param secured filled in as the log-in goes on
 */
export function loginPolicy(
  { tls }: Pick<SqlConnection, "tls">,
  where: string,
  secured: SessionSecurity,
): { plugins: Record<string, AuthPlugin>; refusal: () => UpliftError | null } {
  let refused: UpliftError | null = null;
  const withhold: ReturnType<AuthPlugin> = () => {
    refused = passwordWithheld(where, secured.tls !== null);
    throw refused.cause;
  };
  const isTrusted = () => secured.tls !== null && (secured.tls.verified || tls.mode === "required");
  const key = secured.tls === null && tls.publicKey ? tls.publicKey.reveal() : null;
  const withKey = key === null ? {} : { serverPublicKey: key };

  const cachingSha2: AuthPlugin = (login) => {
    const mayAsk = isTrusted() || key !== null;
    const answer = mysql.authPlugins.caching_sha2_password({
      overrideIsSecure: isTrusted(),
      ...withKey,
    })(login);
    return (data) => {
      if (isRemembered.equals(data)) secured.rememberedOnly = !mayAsk;
      return wantsPassword.equals(data) && !mayAsk ? withhold(data) : answer(data);
    };
  };
  const sha256: AuthPlugin = (login) =>
    isTrusted() || key !== null ? mysql.authPlugins.sha256_password(withKey)(login) : withhold;
  const clear: AuthPlugin = (login) =>
    isTrusted() ? mysql.authPlugins.mysql_clear_password({})(login) : withhold;

  return {
    plugins: {
      caching_sha2_password: cachingSha2,
      sha256_password: sha256,
      mysql_clear_password: clear,
    },
    refusal: () => refused,
  };
}
