import { type Command, command } from "./command.ts";

/** Between TERM and KILL, milliseconds. */
const graceMs = 10_000;

/**
 * Ends every process that runs the script `$1`, with its process group and all that it has started,
 * wherever that moved to: TERM, and KILL after `$2` milliseconds. A shell runs the script when the
 * second word of its command line is the script's path.
 *
 * Processes are remembered by id and start time: a child whose parent has died is still known, and
 * another process that got the same id is left alone.
 */
const endScript = `
target=$1 grace=$2
look() {
  parent= group= ticks=
  { IFS= read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- \${stat##*) }
  case \${1-} in Z | X | x | '') return 1 ;; esac
  parent=\${2-} group=\${3-} ticks=\${20-}
}

# One look for candidates; the second word decides.
candidates=" $(grep -lF -- "$target" /proc/[0-9]*/cmdline 2>/dev/null | tr '\\n' ' ')"
runs_target() {
  case $candidates in *" /proc/$1/cmdline "*) ;; *) return 1 ;; esac
  words=$(tr '\\000' '\\n' <"/proc/$1/cmdline" | head -n 2 | tail -n 1) 2>/dev/null
  [ "$words" = "$target" ]
}

members=' ' groups=' '
grow() {
  grew=1
  while [ "$grew" = 1 ]; do
    grew=0
    for entry in /proc/[0-9]*; do
      pid=\${entry#/proc/}
      [ "$pid" != $$ ] && look "$pid" || continue
      case $members in *" $pid.$ticks "*) continue ;; esac
      case $members in *" $parent."*) ours=1 ;; *) ours=0 ;; esac
      case $groups in *" $group "*) ours=1 ;; esac
      [ "$ours" = 1 ] || runs_target "$pid" || continue
      members="$members$pid.$ticks " grew=1
      # Whoever leads its group leads nothing but what it began.
      [ "$pid" != "$group" ] || groups="$groups$group "
    done
  done
}

left() {
  remaining=
  for one in $members; do
    look "\${one%.*}" && [ "$ticks" = "\${one#*.}" ] || continue
    remaining="$remaining \${one%.*}"
  done
  [ -n "$remaining" ]
}

grow
if ! left; then
  echo none
  exit 0
fi
waited=0
while left; do
  if [ "$waited" -lt "$grace" ]; then kill -s TERM $remaining 2>/dev/null; else kill -s KILL $remaining 2>/dev/null; fi
  if [ "$waited" -ge $((grace + 5000)) ]; then
    echo "remains$remaining"
    exit 0
  fi
  if sleep 0.2 2>/dev/null; then waited=$((waited + 200)); else sleep 1; waited=$((waited + 1000)); fi
  grow
done
echo ended
`;

/** Answers `ended`, `none` when nothing ran it, or `remains PID...`. */
export function endRunsOf(path: string, grace = graceMs): Command {
  return command("sh", "-c", endScript, "sh", path, String(grace));
}
