import type { DumpTool } from "#lib/domain/facts.ts";
import type { ServerTls } from "#lib/domain/tls.ts";
import type { TlsMode } from "#lib/domain/tls-modes.ts";
import { anchorFile, clientFile } from "./client-login.ts";

/** How MySQL calls the modes. */
const mysqlModes: Record<TlsMode, string> = {
  off: "DISABLED",
  preferred: "PREFERRED",
  required: "REQUIRED",
  "verify-ca": "VERIFY_CA",
  "verify-full": "VERIFY_IDENTITY",
};

/** A directory that is not there: MariaDB's programs find no log-in method in it beside their built-in ones. */
const noPlugins = "--plugin-dir=/nonexistent";

/**
 * How the programs are told to reach a server. What a server proves itself by and the client certificate are
 * files of the log-in (client-login.ts).
 *
 * MariaDB's programs look at the name as soon as they look at the authority, and without that they do without
 * TLS where a server offers none. They would also tell anybody the password who asks for it by
 * mysql_clear_password, or under a key of his own by caching_sha2_password, encrypted or not: these methods are
 * plugins, which they are not given unless the server has proved who it is or is to be believed.
 */
export function tlsOptions(
  { tlsBy }: Pick<DumpTool, "tlsBy">,
  { mode, keyId, publicKeyId }: ServerTls,
): string[] {
  const anchored = mode === "verify-ca" || mode === "verify-full";
  const client =
    keyId !== null && (anchored || mode === "required")
      ? [`--ssl-cert=${clientFile}`, `--ssl-key=${clientFile}`]
      : [];
  switch (tlsBy) {
    case "mode":
      return [
        `--ssl-mode=${mysqlModes[mode]}`,
        ...(anchored ? [`--ssl-ca=${anchorFile}`] : []),
        ...client,
        ...(mode === "off" && publicKeyId !== null
          ? [`--server-public-key-path=${anchorFile}`]
          : []),
      ];
    case "switches":
      if (mode === "off") return ["--skip-ssl", noPlugins];
      if (anchored) {
        return ["--ssl", `--ssl-ca=${anchorFile}`, "--ssl-verify-server-cert", ...client];
      }
      return [
        "--ssl",
        "--skip-ssl-verify-server-cert",
        ...(mode === "preferred" ? [noPlugins] : client),
      ];
    case "nothing":
      // A program that cannot be told of TLS says so, rather than do without.
      return mode === "off" || mode === "preferred" ? [] : [`--ssl-mode=${mysqlModes[mode]}`];
  }
}
