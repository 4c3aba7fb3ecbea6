/**
 * What the job scripts share. They need a POSIX shell (dash, bash, busybox ash), coreutils
 * and /proc, and nothing else.
 *
 * The two facts that decide everything, who holds a job and how it ended, are symbolic links
 * whose target is the fact itself: `symlink` is one atomic call that fails when the name exists,
 * so there is no moment at which a fact is half written, and no second writer can replace it.
 *
 *   started -> run BOOT-ID PID PGID START-TICKS STARTED-MS   or   absent
 *   exit    -> CODE STARTED-MS ENDED-MS
 */

/** The first line a script prints, so that whatever a login shell prints before it is skipped. */
export const jobProtocolMarker = "uplift-job 1";

/** The host's clock in `$time`, milliseconds; whole seconds where `date` knows no `%3N`. */
export const clockFunction = `
now() {
  time=$(date +%s%3N)
  case $time in *[!0-9]*) time=$(date +%s)000 ;; esac
}
`;

/**
 * `inspect PID` reads /proc/PID/stat into `$parent`, `$group` and `$ticks` (start time since boot);
 * it fails for a process that is gone or a zombie. The name in parentheses may hold anything, so
 * fields are counted after the last one.
 */
export const processFunctions = `
boot=
IFS= read -r boot </proc/sys/kernel/random/boot_id

inspect() {
  parent= group= ticks=
  { IFS= read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- \${stat##*) }
  case \${1-} in Z | X | x | '') return 1 ;; esac
  parent=\${2-} group=\${3-} ticks=\${20-}
}
`;

/**
 * Reading a job directory `$dir`.
 *
 * `alive` is careful in both directions: another process that got the same id later has another
 * start time, and a job whose first process was killed still runs while its group has members
 * (the kernel does not give out a process id that still names a group).
 */
export const jobFunctions = `
read_claim() {
  claim=$(readlink "$dir/started") || return 1
  set -- $claim
  holder=$1 claim_boot=\${2-} pid=\${3-} pgid=\${4-} born=\${5-} began=\${6-}
}

group_alive() {
  set +f
  for entry in /proc/[0-9]*; do
    if inspect "\${entry#/proc/}" && [ "$group" = "$1" ]; then
      set -f
      return 0
    fi
  done
  set -f
  return 1
}

alive() {
  why='the host was restarted while it ran'
  [ "$claim_boot" = "$boot" ] || return 1
  why='its processes are gone and left no exit code (killed?)'
  [ ! -L "$dir/cancelled" ] || why='it was cancelled and had to be killed'
  if inspect "$pid"; then
    [ "$ticks" = "$born" ]
    return
  fi
  [ "$pgid" = "$pid" ] && group_alive "$pgid"
}
`;

/**
 * Makes the jobs directory `$base`: 0700, ours, and no link that somebody else could have planted.
 * `fail` is the caller's.
 */
export const baseFunction = `
make_base() {
  error=$(mkdir -p "$base" 2>&1) || fail "$error"
  [ ! -L "$base" ] || fail "$base is a symbolic link"
  set -- $(stat -c '%u %a' "$base")
  [ "\${1-}" = "$(id -u)" ] || fail "$base belongs to uid \${1-unknown}, not to uid $(id -u)"
  [ "\${2-}" = 700 ] || chmod 700 "$base"
}
`;

/** Every script's beginning: no globbing, private files, no directory kept busy. */
export const prologue = `
set -f
umask 077
cd /
`;
