import { type Command, script } from "../command.ts";
import {
  baseFunction,
  clockFunction,
  jobFunctions,
  jobProtocolMarker,
  processFunctions,
  prologue,
} from "./common.ts";
import type { JobPlace } from "./follow.ts";

const beginning = `
${prologue}${clockFunction}${processFunctions}${jobFunctions}${baseFunction}
printf '${jobProtocolMarker}\\n'
answer() {
  printf '%s\\n' "$*"
  exit 0
}
fail() {
  answer fault "$*"
}
base=$1 run=$2
make_base
`;

/**
 * Takes the claim of a job that nobody has started, which makes `absent` final: the runner that
 * comes late finds the claim taken and ends. A job directory without a claim gets two seconds,
 * since a start may be on its way.
 */
const settleFunction = `
settle() {
  patience=40
  while ! read_claim; do
    if [ -d "$dir" ] && [ "$patience" -gt 0 ]; then
      patience=$((patience - 1))
      sleep 0.05 2>/dev/null || { sleep 1; patience=$((patience - 19)); }
      continue
    fi
    error=$(mkdir -p "$dir" 2>&1) || fail "$error"
    error=$(ln -s absent "$dir/started" 2>&1) || [ -L "$dir/started" ] || fail "$error"
  done
}
`;

const stateScript = `
${beginning}${settleFunction}
dir=$base/$run/$3
settle
[ "$holder" = run ] || answer absent
if [ ! -L "$dir/exit" ]; then
  if alive; then answer running "$began"; fi
  # It may have ended properly between the two looks.
  [ -L "$dir/exit" ] || answer lost "$why"
fi
answer exited "$(readlink "$dir/exit")"
`;

/**
 * TERM to the group, and KILL when it is not gone after the grace. `ended` when nothing of it runs
 * any more. Without a process group of its own (no `setsid` on the host) the process tree is taken.
 */
const cancelScript = `
${beginning}${settleFunction}
tree() {
  found=" $pid " grew=1
  set +f
  while [ "$grew" = 1 ]; do
    grew=0
    for entry in /proc/[0-9]*; do
      inspect "\${entry#/proc/}" || continue
      case $found in *" \${entry#/proc/} "*) continue ;; esac
      case $found in *" $parent "*) found="$found\${entry#/proc/} " grew=1 ;; esac
    done
  done
  set -f
}

signal() {
  if [ "$pgid" = "$pid" ]; then
    kill -s "$1" -- "-$pgid" 2>/dev/null
  else
    tree
    kill -s "$1" $found 2>/dev/null
  fi
}

# After the first process wrote down the end, children that ignored the signal may still be there.
going() {
  if [ -L "$dir/exit" ]; then
    [ "$pgid" = "$pid" ] && group_alive "$pgid"
  else
    alive
  fi
}

dir=$base/$run/$3 grace=$4
settle
[ "$holder" = run ] || answer absent
[ ! -L "$dir/exit" ] && alive || answer ended
now
ln -s "$time" "$dir/cancelled" 2>/dev/null
signal TERM
waited=0
while going; do
  [ "$waited" -lt "$grace" ] || signal KILL
  [ "$waited" -lt $((grace + 5000)) ] || answer remains "$pid"
  if sleep 0.05 2>/dev/null; then
    waited=$((waited + 50))
  else
    sleep 1
    waited=$((waited + 1000))
  fi
done
answer ended
`;

/**
 * Refuses while a job of the run is still going: its truth would be lost with its directory. A run
 * that holds the host's lock is not over.
 */
const removeScript = `
${beginning}
lock=$3
case $run in '' | . | .. | */*) fail "not a run: $run" ;; esac
case $(readlink "$lock/holder") in *" $run "*) answer held ;; esac
set +f
for dir in "$base/$run"/*; do
  set -f
  if read_claim && [ "$holder" = run ] && [ ! -L "$dir/exit" ] && alive; then
    answer running "\${dir##*/}"
  fi
done
error=$(rm -rf "$base/$run" 2>&1) || fail "$error"
set +f
rm -f "$lock/$run".*
answer removed
`;

/** Answers `absent`, `running MS`, `exited CODE MS MS`, `lost REASON` or `fault MESSAGE`. */
export function readJobState({ jobsDirectory, run, job }: JobPlace): Command {
  return script(stateScript, jobsDirectory, run, job);
}

/** Answers `absent`, `ended`, `remains PID` or `fault MESSAGE`. */
export function cancelJob({ jobsDirectory, run, job }: JobPlace, graceMs: number): Command {
  return script(cancelScript, jobsDirectory, run, job, String(graceMs));
}

/** Answers `removed`, `held`, `running JOB` or `fault MESSAGE`. */
export function removeRun(jobsDirectory: string, run: string, lockDirectory: string): Command {
  return script(removeScript, jobsDirectory, run, lockDirectory);
}
