import type { Command } from "./command.ts";

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
