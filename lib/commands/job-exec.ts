import type { Command } from "./command.ts";
import { commandLine } from "./quote.ts";

/** A job that is one command: the script is constant, the command's argv are its parameters. */
export function jobExec(command: Command): { script: string; parameters: readonly string[] } {
  return { script: 'exec "$@"\n', parameters: command.argv };
}

/** The line that a timed job prints before its command: the host's clock in milliseconds. */
export const timeReport = /^uplift-time (\d{13})$/m;

/** The same, with the host's time on the first line: a moment that survives every interruption. */
export function timedJobExec(command: Command): { script: string; parameters: readonly string[] } {
  return {
    script: `now=$(date +%s%3N)
case $now in *[!0-9]*) now=$(date +%s)000 ;; esac
echo "uplift-time $now"
exec "$@"
`,
    parameters: command.argv,
  };
}

/** The line with which a job says that it did not begin because its work was under way already. */
export const underWayReport = /^uplift-under-way$/m;

/**
 * The same, unless a look ends with 0: then the command's work is under way by somebody else's doing,
 * and a second one beside it would do harm. Looked at when the job begins, never when it is attached to.
 */
export function jobExecUnless(
  look: Command,
  command: Command,
): { script: string; parameters: readonly string[] } {
  return {
    script: `if sh -c "$1" </dev/null >/dev/null 2>&1; then
  echo uplift-under-way
  exit 1
fi
shift
exec "$@"
`,
    parameters: [commandLine(look.argv), ...command.argv],
  };
}
