import { type Command, command } from "./command.ts";

/**
 * `runs SCRIPT` looks whether a process here runs the script: a shell does when the second word of its
 * command line is the script's path.
 */
const runsFunction = `
runs() {
  for file in $(grep -lF -- "$1" /proc/[0-9]*/cmdline 2>/dev/null); do
    word=$({ tr '\\000' '\\n' <"$file" | head -n 2 | tail -n 1; } 2>/dev/null)
    [ "$word" != "$1" ] || return 0
  done
  return 1
}
`;

const lookScript = `${runsFunction}
runs "$1"
`;

/** Ends with 0 when a process runs the script, with 1 when none does. */
export function runsOf(path: string): Command {
  return command("sh", "-c", lookScript, "sh", path);
}

/** What is printed instead of a run that would be the second one at a time. */
export const underWayReport = /^uplift-under-way$/m;

const runScript = `${runsFunction}
if runs "$2"; then
  echo uplift-under-way
  exit 1
fi
exec "$@"
`;

/** Runs the script by an interpreter, unless a process runs it already: then ends with 1 and the report. */
export function runUnlessRunning(interpreter: string, path: string): Command {
  return command("sh", "-c", runScript, "sh", interpreter, path);
}
