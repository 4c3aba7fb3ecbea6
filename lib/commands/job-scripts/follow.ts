import { type Command, script } from "../command.ts";
import { type Guard, guardFunction, guardParameters } from "../lock-scripts/guard.ts";
import {
  baseFunction,
  clockFunction,
  jobFunctions,
  jobProtocolMarker,
  processFunctions,
  prologue,
} from "./common.ts";
import { jobRunner } from "./runner.ts";

/**
 * Starts the job unless it was started before, then sends its output and its end as frames:
 *
 *   S PID STARTED-MS            the job's process
 *   O OFFSET LENGTH + bytes     standard output from a byte offset
 *   E OFFSET LENGTH + bytes     standard error
 *   .                           still running, nothing new (every two seconds)
 *   X CODE STARTED-MS ENDED-MS  it ended
 *   L REASON                    it is gone without an exit code
 *   A                           it was decided that it never starts
 *   F MESSAGE                   the host cannot hold a job
 *   R REASON                    not started: the host's lock is not the caller's (guard.ts)
 *
 * The end is looked for before the sizes are read, so an end is never sent before the last output.
 * The pause between looks grows with the silence, 20 to 250 ms, so that the end of a short job is
 * noticed at once and a long one costs nothing. Only a start is guarded: to follow is to read.
 */
const followScript = `
${prologue}${clockFunction}${processFunctions}${jobFunctions}${baseFunction}${guardFunction}
fail() {
  printf 'F %s\\n' "$*" | head -n 1
  exit 0
}

guarded() {
  [ -n "$lock" ] || return 0
  guard "$lock" "$installation" "$lock_run" "$generation" "$process" && return 0
  printf 'R %.2000s\\n' "$refusal" | head -n 1
  exit 0
}

start() {
  guarded
  error=$(mkdir -p "$dir" 2>&1) || fail "$error"
  error=$({ : >>"$dir/out" && : >>"$dir/err"; } 2>&1) || fail "$error"
  exec 3<&0
  if command -v setsid >/dev/null; then
    setsid sh -c "$runner" uplift-job "$dir" "$@" <&3 3<&- >/dev/null 2>&1 &
  else
    # A job-control shell at least gives it a process group of its own.
    set -m 2>/dev/null
    nohup sh -c "$runner" uplift-job "$dir" "$@" <&3 3<&- >/dev/null 2>&1 &
    set +m
  fi
  launched=$!
  exec 3<&-
}

rest() {
  padded=00$pause
  sleep "0.\${padded#"\${padded%???}"}" 2>/dev/null || sleep 1
  slept=$((slept + pause))
  pause=$((pause + pause / 4))
  [ "$pause" -le 250 ] || pause=250
}

send() {
  length=$(($3 - $4))
  [ "$length" -gt 0 ] || { length=0; return 0; }
  [ "$length" -le 1048576 ] || length=1048576
  printf '%s %s %s\\n' "$1" "$4" "$length" || exit 1
  tail -c "+$(($4 + 1))" "$2" | head -c "$length" || exit 1
}

base=$1 run=$2 job=$3 out_sent=$4 err_sent=$5 runner=$6
shift 6
# The runner gets these and the parameters behind them as they are.
lock=$3 installation=$4 lock_run=$5 generation=$6 process=$7
dir=$base/$run/$job pause=20 slept=0
printf '${jobProtocolMarker}\\n' || exit 1
make_base
[ -L "$dir/started" ] || start "$@"
exec </dev/null

until read_claim; do
  if ! inspect "$launched"; then
    read_claim && break
    guarded
    fail "the job's process ended before it could claim $dir: no complete input, or a full or read-only file system"
  fi
  rest
done
if [ "$holder" = absent ]; then
  guarded
  printf 'A\\n'
  exit 0
fi
printf 'S %s %s\\n' "$pid" "$began" || exit 1

pause=20
while :; do
  fate=
  if [ -L "$dir/exit" ]; then
    fate=exited
  elif ! alive; then
    # It may have ended properly between the two looks.
    if [ -L "$dir/exit" ]; then fate=exited; else fate=lost; fi
  fi
  set -- $(stat -c %s "$dir/out" "$dir/err" 2>/dev/null)
  if [ $# -ne 2 ]; then
    printf 'L its directory %s was removed\\n' "$dir"
    exit 0
  fi
  out_size=$1 err_size=$2
  send O "$dir/out" "$out_size" "$out_sent"
  out_sent=$((out_sent + length)) moved=$length
  send E "$dir/err" "$err_size" "$err_sent"
  err_sent=$((err_sent + length)) moved=$((moved + length))
  if [ "$moved" -gt 0 ]; then
    pause=20 slept=0
    # More may be waiting; and after the fate is known, only the rest is left to send.
    [ "$out_sent" -eq "$out_size" ] && [ "$err_sent" -eq "$err_size" ] || continue
  fi
  case $fate in
    exited)
      printf 'X %s\\n' "$(readlink "$dir/exit")"
      exit 0
      ;;
    lost)
      printf 'L %s\\n' "$why"
      exit 0
      ;;
  esac
  if [ "$slept" -ge 2000 ]; then
    printf '.\\n' || exit 1
    slept=0
  fi
  rest
done
`;

/** Where a job lives on its host; the parts are safe path components. */
export interface JobPlace {
  jobsDirectory: string;
  run: string;
  job: string;
}

export interface FollowParameters {
  place: JobPlace;
  /** Byte offsets up to which the output is here already. */
  offsets: { stdout: number; stderr: number };
  scriptLines: number;
  secretLines: number;
  parameters: readonly string[];
  /** What must hold at the start; null for a job that no lock guards. */
  guard: Guard | null;
}

/** Starts or finds a job and follows it; `jobInput` goes to its standard input. */
export function followJob(follow: FollowParameters): Command {
  const { place, offsets, scriptLines, secretLines, parameters, guard } = follow;
  return script(
    followScript,
    place.jobsDirectory,
    place.run,
    place.job,
    String(offsets.stdout),
    String(offsets.stderr),
    jobRunner,
    String(scriptLines),
    String(secretLines),
    ...(guard ? guardParameters(guard) : ["", "", "", "", ""]),
    ...parameters,
  );
}
