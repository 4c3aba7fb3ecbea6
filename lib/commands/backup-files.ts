import { type Command, script } from "./command.ts";

/** Exit codes of the scripts below, apart from those of the tools they call. */
export const backupFileExit = { missing: 67, differs: 68 } as const;

/** A file's content from an offset in bytes on, read so that nothing else on the host has to wait for it. */
export function readBackupFile(path: string, offset = 0): Command {
  return script(
    `[ -f "$1" ] || { echo "there is no file $1" >&2; exit ${backupFileExit.missing}; }
command -v ionice >/dev/null && set -- "$@" ionice -c 3
file=$1 from=$2
shift 2
exec nice -n 19 "$@" tail -c "+$from" -- "$file"`,
    path,
    String(offset + 1),
  );
}

/** Bytes of a file that was begun; 0 when it was not. */
export function begunBytes(path: string): Command {
  return script(`if [ -f "$1" ]; then stat -c %s -- "$1"; else echo 0; fi`, path);
}

/** Appends standard input to a file in a directory that nobody but root may enter. */
export function appendTo(directory: string, path: string): Command {
  return script(
    `umask 077; mkdir -p -- "$1" && chmod 700 -- "$1" && exec cat >> "$2"`,
    directory,
    path,
  );
}

/** Gives a whole file its name if it has the SHA-256; one that has another is thrown away. */
export function settleCopy(part: string, path: string, sha256: string): Command {
  return script(
    `sync "$1" 2>/dev/null || sync
sum=$(nice -n 19 sha256sum < "$1") || exit 1
sum=\${sum%% *}
if [ "$sum" != "$3" ]; then
  rm -f -- "$1"
  echo "the copy has the SHA-256 $sum" >&2
  exit ${backupFileExit.differs}
fi
[ "$1" = "$2" ] || mv -f -- "$1" "$2"`,
    part,
    path,
    sha256,
  );
}

/** Removes files, and their directories if nothing else is in them. What is gone already is no error. */
export function removeFiles(paths: readonly string[], directories: readonly string[]): Command {
  return script(
    `files=$1
shift
while [ "$files" -gt 0 ]; do
  rm -f -- "$1" || exit 1
  [ ! -e "$1" ] || { echo "$1 is still there" >&2; exit 1; }
  shift
  files=$((files - 1))
done
for directory do rmdir -- "$directory" 2>/dev/null; done
exit 0`,
    String(paths.length),
    ...paths,
    ...directories,
  );
}
