import { type Command, script } from "../command.ts";

/**
 * The lock of a host (docs/adr, "Locks on hosts") is a directory with these symbolic links, whose
 * targets are the facts, as with jobs:
 *
 *   holder           -> INSTALLATION RUN {"since": ...}   who holds the host
 *   RUN.GENERATION   -> PROCESS                           how often the run was taken up, and by whom
 *   RUN.broken       -> {"by": ...}                       a person broke this run's lock
 *
 * `holder` is the claim: `symlink` is one atomic call that fails when the name exists. Generations
 * are only added, never replaced, so no two processes can undo each other's.
 */
export const lockDirectory = "/var/lib/uplift/lock";

/** What a run presents on a host before it changes anything there. */
export interface LockClaim {
  installation: string;
  /** A safe path component. */
  run: string;
  generation: number;
  /** Unlike every other process that may ever claim this run, also one on a copy of the database. */
  process: string;
}

/** What a host checks before it lets something be done. */
export interface Guard {
  lockDirectory: string;
  claim: LockClaim;
}

/**
 * `guard LOCK INSTALLATION RUN GENERATION PROCESS` succeeds when the lock is this run's and no other
 * process has taken the run up since. Otherwise the reason is in `$refusal`:
 *
 *   none [JSON]       nobody holds the host; who broke the lock, if somebody did
 *   taken TEXT        somebody else holds it
 *   overtaken NUMBER  a later generation of the run was here
 *
 * A generation that this host has not seen yet is written down first: from then on earlier ones are
 * refused. Where it cannot be written (a full disk) nobody can have gone further either.
 */
export const guardFunction = `
higher() {
  set +f
  for mark in "$1/$2".*; do
    if [ "\${mark##*.}" -gt "$3" ] 2>/dev/null; then
      refusal="overtaken \${mark##*.}"
      set -f
      return 0
    fi
  done
  set -f
  return 1
}

guard() {
  if ! target=$(readlink "$1/holder"); then
    refusal="none $(readlink "$1/$3.broken")"
    return 1
  fi
  case $target in
    "$2 $3 "*) ;;
    *)
      refusal="taken $target"
      return 1
      ;;
  esac
  if higher "$1" "$3" "$4"; then return 1; fi
  mark=$(readlink "$1/$3.$4")
  if [ -z "$mark" ]; then
    ln -s "$5" "$1/$3.$4" 2>/dev/null
    mark=$(readlink "$1/$3.$4") || return 0
  fi
  [ "$mark" = "$5" ] && return 0
  refusal="overtaken $4"
  return 1
}
`;

/** The exit code of a command that the guard has refused, and what its error output begins with. */
export const refusedExit = 96;
export const refusalMarker = "uplift-lock refused:";

const guardedScript = `${guardFunction}
if ! guard "$1" "$2" "$3" "$4" "$5"; then
  printf '${refusalMarker} %s\\n' "$refusal" >&2
  exit ${refusedExit}
fi
shift 5
exec "$@"
`;

/** The guard's parameters in a script. */
export function guardParameters({ lockDirectory, claim }: Guard): string[] {
  const { installation, run, generation, process } = claim;
  return [lockDirectory, installation, run, String(generation), process];
}

/** A command that runs only while the claim holds: guard and command in one request. */
export function guarded(guard: Guard, command: Command): Command {
  return script(guardedScript, ...guardParameters(guard), ...command.argv);
}
