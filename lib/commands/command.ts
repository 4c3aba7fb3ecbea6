import { commandLine } from "./quote.ts";

/**
 * One command for a host, as argv elements; never a string that was glued together.
 * Secrets do not belong here: they reach a command on standard input.
 */
export interface Command {
  readonly argv: readonly string[];
}

/** A command from its argv elements. */
export function command(...argv: string[]): Command {
  return { argv };
}

/**
 * A POSIX shell script with positional parameters `$1`, `$2`, ...: the script text is constant,
 * the values arrive as arguments, so no value is ever parsed as shell.
 */
export function script(text: string, ...parameters: string[]): Command {
  return { argv: ["sh", "-c", text, "sh", ...parameters] };
}

/** The command as a person would type it. */
export function showCommand({ argv }: Command): string {
  return commandLine(argv);
}
