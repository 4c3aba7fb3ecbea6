import { type Command, command } from "./command.ts";

/**
 * Looks whether a process here runs the script `$1`: a shell does when the second word of its command
 * line is the script's path.
 */
const lookScript = `
for file in $(grep -lF -- "$1" /proc/[0-9]*/cmdline 2>/dev/null); do
  word=$({ tr '\\000' '\\n' <"$file" | head -n 2 | tail -n 1; } 2>/dev/null)
  [ "$word" != "$1" ] || exit 0
done
exit 1
`;

/** Ends with 0 when a process runs the script, with 1 when none does. */
export function runsOf(path: string): Command {
  return command("sh", "-c", lookScript, "sh", path);
}
