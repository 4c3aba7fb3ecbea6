import { type Command, script } from "../command.ts";
import { prologue } from "../job-scripts/common.ts";
import { guardFunction, type LockClaim } from "./guard.ts";
import { lockAnswer } from "./take.ts";

/**
 * `remove EXPECTED` takes the lock away if it is what it should be. It is moved aside first: of two
 * that remove it one finds nothing, and a lock that came in between is put back.
 */
const removeFunction = `
remove() {
  aside=$lock/removed.$$
  mv "$lock/holder" "$aside" 2>/dev/null || { [ -L "$lock/holder" ] || answer free; fail "$lock is not writable"; }
  moved=$(readlink "$aside")
  if [ "$moved" != "$1" ]; then
    ln -s "$moved" "$lock/holder"
    rm -f "$aside"
    answer taken "$moved"
  fi
  set -- $moved
  holder_run=\${2-}
  case $holder_run in '' | */*) holder_run=none ;; esac
  set +f
  rm -f "$aside" "$lock/$holder_run".*
  set -f
}
`;

const releaseScript = `
${prologue}${guardFunction}${lockAnswer}${removeFunction}
lock=$1
target=$(readlink "$lock/holder") || answer free
case $target in
  "$2 $3 "*) ;;
  *) answer taken "$target" ;;
esac
if higher "$lock" "$3" "$4"; then answer "$refusal"; fi
remove "$target"
answer free
`;

/**
 * Takes away the lock of a run that has ended. One that was taken up later keeps it.
 * Answers `free`, `taken TEXT` (it is not this run's), `overtaken NUMBER` or `fault MESSAGE`.
 */
export function releaseLock(
  directory: string,
  { installation, run, generation }: Omit<LockClaim, "process">,
): Command {
  return script(releaseScript, directory, installation, run, String(generation));
}

const breakScript = `
${prologue}${lockAnswer}${removeFunction}
lock=$1
target=$(readlink "$lock/holder") || answer free
[ "$target" = "$2" ] || answer taken "$target"
remove "$target"
[ -z "$3" ] || ln -s "$3" "$lock/$holder_run.broken"
answer broken
`;

/**
 * Takes away the lock that was seen, whoever holds it.
 * Answers `broken`, `free` (it had gone), `taken TEXT` (another one by now) or `fault MESSAGE`.
 *
 * @param note who broke it and why, for the run that held it; null: its run has ended
 */
export function breakLock(directory: string, seen: string, note: string | null): Command {
  return script(breakScript, directory, seen, note ?? "");
}
