import { UpliftError } from "#lib/domain/errors.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { place } from "./connect-errors.ts";
import type { HostTarget } from "./types.ts";

/** How commands become root on a connection. */
export type RootMode = "direct" | "sudo" | "sudo-password";

/** Output is parsed, so it must not be in the language of the account. */
const plainLocale = ["env", "LC_ALL=C", "LANG=C"];

/** The argv that reaches sshd, without any privilege. */
export function asUser(argv: readonly string[]): string[] {
  return [...plainLocale, ...argv];
}

/**
 * The argv that runs a command as root.
 *
 * The locale is set twice: outside for sudo's own messages, inside because sudo resets the
 * environment. `-k` makes sudo read the password every time: with a cached login it would leave the
 * line on standard input, where the command would read it.
 */
export function asRoot(mode: RootMode, argv: readonly string[]): string[] {
  switch (mode) {
    case "direct":
      return asUser(argv);
    case "sudo":
      return asUser(["sudo", "-n", "--", ...plainLocale, ...argv]);
    case "sudo-password":
      return asUser(["sudo", "-S", "-k", "-p", "", "--", ...plainLocale, ...argv]);
  }
}

/** What goes to standard input before the caller's. */
export function stdinPrefix(mode: RootMode, password: Secret | null): string {
  return mode === "sudo-password" && password !== null ? `${password.reveal()}\n` : "";
}

/** Whether an exit code and standard error come from sudo itself, not from the command under it. */
export function isSudoRefusal(mode: RootMode, code: number | null, stderr: string): boolean {
  if (mode === "direct") return false;
  if (code === 127) return /^env: .?sudo.?: /m.test(stderr);
  return (
    code === 1 &&
    /^sudo: .*(password|terminal|not allowed|try again|account)|^Sorry, (user|try again)|is not in the sudoers file/m.test(
      stderr,
    )
  );
}

/** Runs an argv on the connection without privileges and tells its end. */
export type Run = (
  argv: readonly string[],
  stdin: string,
) => Promise<{ code: number | null; stderr: string }>;

/**
 * Finds out how to become root, by trying it on a command that does nothing. It is `env`, as in
 * every real command, so that a sudoers rule that is bound to a command gives the same answer.
 * @throws UpliftError sudo.refused
 */
export async function determineRootMode(target: HostTarget, run: Run): Promise<RootMode> {
  if (target.username === "root") return "direct";
  const silent = await run(asRoot("sudo", ["true"]), "");
  if (silent.code === 0) return "sudo";
  if (target.sudoPassword === null) throw sudoRefused(target, silent.stderr);
  const asked = await run(
    asRoot("sudo-password", ["true"]),
    stdinPrefix("sudo-password", target.sudoPassword),
  );
  if (asked.code === 0) return "sudo-password";
  throw sudoRefused(target, asked.stderr);
}

export function sudoRefused(target: HostTarget, stderr: string): UpliftError {
  const tried =
    target.sudoPassword === null
      ? "`sudo -n` (no sudo password is stored)"
      : "`sudo -n` and the stored sudo password";
  const answer = stderr.trim().split("\n").slice(-2).join(" ").slice(0, 300);
  return new UpliftError(
    "sudo.refused",
    `${target.username} on ${place(target)} could not become root with ${tried}` +
      `${answer === "" ? "." : `; sudo said: ${answer}`}`,
    {
      host: target.name,
      remedy:
        "Store the right sudo password for this node, or allow the user to run commands without one " +
        `(in /etc/sudoers.d: \`${target.username} ALL=(ALL) NOPASSWD: ALL\`), or connect as root.`,
    },
  );
}
