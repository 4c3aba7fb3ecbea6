import { type Command, command, script } from "../command.ts";
import { baseFunction, prologue } from "../job-scripts/common.ts";
import { type Guard, guardFunction, guardParameters, lockDirectory } from "./guard.ts";

/** The first line of every answer, so that whatever a login shell prints before it is skipped. */
export const lockProtocolMarker = "uplift-lock 1";

export const lockAnswer = `
printf '${lockProtocolMarker}\\n'
answer() {
  printf '%s\\n' "$*"
  exit 0
}
fail() {
  answer fault "$*"
}
`;

/**
 * A lock that was just made is synced to disk, with the same words as a job's claim: after a power
 * cut a forgotten lock would let two runs on the host.
 */
const takeScript = `
${prologue}${guardFunction}${baseFunction}${lockAnswer}
base=$1 run=$3 text=$6
if ! readlink "$base/holder" >/dev/null; then
  [ -n "$text" ] || answer none "$(readlink "$base/$run.broken")"
  make_base
  if error=$(ln -s "$text" "$base/holder" 2>&1); then
    rm -f "$base/$run.broken"
    printf '%s\\n' "$text" | dd of="$base/meta" conv=fsync 2>/dev/null || sync
  else
    [ -L "$base/holder" ] || fail "$error"
  fi
fi
guard "$1" "$2" "$3" "$4" "$5" || answer "$refusal"
answer held
`;

/**
 * Takes the lock, or finds it held by this run already; the claim's generation is written down.
 * Answers `held`, `fault MESSAGE`, or the guard's reason.
 *
 * @param text what `holder` becomes; null: a lock that is gone is not taken again
 */
export function takeLock(guard: Guard, text: string | null): Command {
  return script(takeScript, ...guardParameters(guard), text ?? "");
}

const lookScript = `
${prologue}${lockAnswer}
if target=$(readlink "$1/holder"); then answer taken "$target"; fi
answer free
`;

/** Answers `free` or `taken TEXT`; changes nothing. */
export function lookAtLock(directory: string): Command {
  return script(lookScript, directory);
}

/** What taking the lock comes to, for plans and the audit. */
export function showLock(text: string): Command[] {
  return [
    command("mkdir", "-p", lockDirectory),
    command("ln", "-s", text, `${lockDirectory}/holder`),
  ];
}
