import { guardFunction } from "../lock-scripts/guard.ts";
import { clockFunction, processFunctions, prologue } from "./common.ts";

/**
 * The detached process of a job:
 * `DIR SCRIPT-LINES SECRET-LINES LOCK INSTALLATION RUN GENERATION PROCESS [PARAMETER...]`, with an
 * empty LOCK for a job that no lock guards.
 *
 * It takes its whole input (script, secrets, the word `end`) before it claims the job: a connection
 * that is lost while the input is sent leaves a job that never started. The claim is durable before
 * the script's first act, because after a power cut a forgotten claim would look like `absent` and
 * the work would be done twice; `dd conv=fsync` of a new file commits the claim with it and, unlike
 * `sync FILE`, exists on every coreutils. The lock is asked last, since the input of a dashboard that
 * stood still may come long after its request.
 *
 * Secrets stay in an unexported variable and go through a pipe written by a shell builtin: no argv,
 * file or environment holds them. (`unset` first: a variable of that name that came with the
 * environment would stay exported.)
 */
export const jobRunner = `
unset text secrets line
${prologue}${clockFunction}${processFunctions}${guardFunction}
dir=$1 lines=$2 count=$3 lock=$4 installation=$5 run=$6 generation=$7 process=$8
shift 8
newline='
'
text= secrets=
while [ "$lines" -gt 0 ]; do
  IFS= read -r line || exit 1
  text=$text$line$newline
  lines=$((lines - 1))
done
while [ "$count" -gt 0 ]; do
  IFS= read -r line || exit 1
  secrets=$secrets$line$newline
  count=$((count - 1))
done
IFS= read -r line || exit 1
[ "$line" = end ] || exit 1
exec </dev/null

[ -z "$lock" ] || guard "$lock" "$installation" "$run" "$generation" "$process" || exit 1
inspect $$ || exit 1
now
began=$time
claim="run $boot $$ $group $ticks $began"
ln -s "$claim" "$dir/started" || exit 1
printf '%s\\n' "$claim" | dd of="$dir/meta" conv=fsync || sync
printf '%s' "$text" >"$dir/script"

# Cancelling signals the whole group: the script ends, this process stays to write down how.
trap : TERM INT HUP
printf '%s' "$secrets" | sh "$dir/script" "$@" >>"$dir/out" 2>>"$dir/err"
code=$?
now
ln -s "$code $began $time" "$dir/exit"
`;
