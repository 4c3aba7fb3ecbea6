import { Secret } from "#lib/domain/secret.ts";
import type { ServerLogin } from "#lib/domain/server-login.ts";

/** Where programs find the CA, or the server's public key. */
export const anchorFile = "/dev/fd/7";
/** Where they find the client certificate and its key. */
export const clientFile = "/dev/fd/8";

/** What stands for a line break where a file travels as one line; PEM never has it. */
const lineBreak = "~";

/**
 * The lines by which a script is given a log-in: the password as the inside of a quoted value in an option
 * file, what the server proves itself by, the client certificate with its key; the latter two may be empty.
 */
export function loginLines({ password, tls }: ServerLogin): Secret[] {
  const line = (...files: (Secret | null)[]) =>
    new Secret(files.map((file) => file?.reveal().replaceAll("\n", lineBreak) ?? "").join(""));
  return [
    optionFilePassword(password),
    line(tls.ca ?? tls.publicKey),
    line(tls.certificate, tls.key),
  ];
}

/** The standard input of a script that runs directly and not as a job: the log-in's lines, then another one. */
export function loginInput(login: ServerLogin, line: string): Secret {
  const lines = loginLines(login).map((one) => one.reveal());
  return new Secret(`${[...lines, line].join("\n")}\n`);
}

/**
 * Backslashes and double quotes are escaped, all else is literal. An unescaped quote would end the value for
 * the search for comments, and a `#` behind it would cut the password off.
 */
function optionFilePassword(password: Secret): Secret {
  return new Secret(password.reveal().replace(/[\\"]/g, "\\$&"));
}

/**
 * `nameless N LINE`: descriptor N gives a file's text as often as it is opened by /dev/fd/N. The file has lost
 * its name by then, so that nothing of it is left however this ends; with an empty line N is closed.
 */
const nameless = `nameless() {
  if [ -z "$2" ]; then eval "exec $1<&-"; return; fi
  named=$(mktemp /dev/shm/uplift.XXXXXX 2>/dev/null || mktemp) || exit 1
  printf '%s' "$2" | tr '${lineBreak}' '\\n' > "$named" && eval "exec $1< \\"\\$named\\"" && rm -f -- "$named" || exit 1
}
`;

/** Takes the log-in's files from the two next lines of standard input. */
export const takeFiles = `${nameless}
IFS= read -r anchor && IFS= read -r client || exit 1
nameless 7 "$anchor"
nameless 8 "$client"
anchor= client=
`;

/** Takes a log-in from the first lines of standard input; `options` prints what programs are told of it. */
export const takeLogin = `IFS= read -r password || exit 1
${takeFiles}
options() { printf '[client]\\npassword="%s"\\n' "$password"; }
`;

/** Prints the files again as they came, for a container, into which no descriptor leads. */
export const passFiles = `for file in 7 8; do
  [ ! -e "/dev/fd/$file" ] || tr '\\n' '${lineBreak}' < "/dev/fd/$file"
  echo
done`;
