import { Compression } from "#lib/domain/compression.ts";
import { showCommand } from "./command.ts";
import { packer, unpacker } from "./dump.ts";

/** Exit codes of the scripts below, apart from those of the tools they call. */
export const dumpExit = {
  toolFailed: 64,
  empty: 65,
  cutShort: 66,
  missing: 67,
  /** It could not be decompressed to its end. */
  unreadable: 68,
  /** It names a database, so that it would not stay in the one it is loaded into. */
  elsewhere: 69,
} as const;

const filters = (of: typeof packer) =>
  Compression.options
    .map((one) => `${one}) ${showCommand(of(one) ?? { argv: ["cat"] })} ;;`)
    .join(" ");

/**
 * `weigh HOW FILE` reads a stored dump once and sets `text` (bytes of SQL), `tables`, `last` (1 with
 * the closing line), `foreign` and `altered` (lines that name a database) and `unpacked` (exit code).
 *
 * POSIX sh has no `pipefail`: in a pipeline each part tells its own exit code on a descriptor of its
 * own. The text goes to three readers at once through descriptors 7 and 8.
 */
const shared = `
report() {
  bytes=$(wc -c < "$2")
  sum=$(sha256sum < "$2")
  printf 'uplift-file %d %s %s\\n' "$bytes" "\${sum%% *}" "$2"
  printf 'uplift-text %s %d %d %s\\n' "$1" "$text" "$tables" "$2"
  of=$(unpack "$1" "$2" 2>/dev/null | head -c 4096 | sed -n 's/^-- Host: .* Database: //p')
  printf 'uplift-database %s\\n' "$of"
}
options() { printf '[client]\\npassword="%s"\\n' "$password"; }
pack() { case $1 in ${filters(packer)} *) return 127 ;; esac; }
unpack() { case $1 in ${filters(unpacker)} *) return 127 ;; esac < "$2"; }
sayings='^(CREATE TABLE |USE |(CREATE|DROP|ALTER) (DATABASE|SCHEMA) )'
weigh() {
  text=0 tables=0 last=0 foreign=0 altered=0 unpacked=1
  for fact in $( { { {
      { unpack "$1" "$2"; echo "unpacked=$?" >&9; } |
        tee /dev/fd/8 /dev/fd/7 | { echo "text=$(($(wc -c)))" >&9; }
    } 7>&1 | { echo "last=$(tail -c 512 | LC_ALL=C grep -c '^-- Dump completed')" >&9; }
  } 8>&1 | LC_ALL=C grep -E "$sayings" | LC_ALL=C awk '
    /^CREATE TABLE / { tables++; next } /^ALTER / { altered++; next } { foreign++ }
    END { printf "tables=%d foreign=%d altered=%d\\n", tables, foreign, altered }' >&9
  } 9>&1 )
  do
    value=\${fact#*=}
    case $fact in
      text=*) text=$value ;; tables=*) tables=$value ;; last=*) last=$value ;;
      foreign=*) foreign=$value ;; altered=*) altered=$value ;; unpacked=*) unpacked=$value ;;
    esac
  done
}
judge() {
  weigh "$1" "$2"
  [ "$unpacked" = 0 ] || { echo "the dump \${2%.part} could not be read: $1 exited with $unpacked" >&2; exit ${dumpExit.unreadable}; }
  [ "$text" -gt 0 ] || { echo "the dump \${2%.part} is empty" >&2; exit ${dumpExit.empty}; }
  [ "$last" -gt 0 ] || { echo "the dump \${2%.part} lacks its closing line" >&2; exit ${dumpExit.cutShort}; }
  [ "$foreign" = 0 ] || { echo "the dump \${2%.part} has $foreign lines that name a database" >&2; exit ${dumpExit.elsewhere}; }
}
load() {
  how=$1 file=$2
  shift 2
  client=1 unpacked=1
  for code in $( {
    { unpack "$how" "$file" 9>&-; echo "unpacked=$?" >&9; } |
      { { options | "$@" 3<&0 <&5 5<&- >&6 9>&-; } 5<&0; echo "client=$?" >&9; }
  } 9>&1 )
  do
    case $code in client=*) client=\${code#*=} ;; unpacked=*) unpacked=\${code#*=} ;; esac
  done
  [ "$client" = 0 ] || exit "$client"
  [ "$unpacked" = 0 ] || { echo "$file could not be read: $how exited with $unpacked" >&2; exit ${dumpExit.unreadable}; }
}
`;

/**
 * Parameters: directory, file, objects file or "", compression, count N of words, N words of the data
 * dump's argv, then the argv of the objects dump. Standard input: the password line.
 *
 * The dump is written beside its place, read again, and renamed only when it is whole and on the disk,
 * so a file with the final name is always a complete one.
 */
export const dumpScript = `set -u
umask 077
IFS= read -r password
directory=$1 file=$2 objects=$3 how=$4 words=$5
shift 5
${shared}
dump() {
  target=$1
  shift
  rm -f -- "$target.part"
  tool=none packer=none
  for code in $( {
    { options | "$@" 9>&-; echo "tool=$?" >&9; } |
      { pack "$how" 9>&-; echo "packer=$?" >&9; } > "$target.part"
  } 9>&1 )
  do
    case $code in tool=*) tool=\${code#*=} ;; packer=*) packer=\${code#*=} ;; esac
  done
  [ "$packer" = 0 ] || echo "writing with $how exited with $packer" >&2
  [ "$tool" = 0 ] || echo "$1 exited with $tool" >&2
  [ "$tool $packer" = "0 0" ] || exit ${dumpExit.toolFailed}
  judge "$how" "$target.part"
  sync "$target.part" 2>/dev/null || sync
  mv -f -- "$target.part" "$target" || exit ${dumpExit.toolFailed}
  sync "$directory" 2>/dev/null || sync
  report "$how" "$target"
}
mkdir -p -- "$directory" && chmod 700 "$directory" || exit ${dumpExit.toolFailed}
# POSIX sh has no arrays: the first N words are appended again, then all that came before is dropped.
first() {
  target=$1
  shift
  total=$# taken=0
  for word in "$@"; do
    [ "$taken" -lt "$words" ] && set -- "$@" "$word"
    taken=$((taken + 1))
  done
  shift "$total"
  dump "$target" "$@"
}
( first "$directory/$file" "$@" ) || exit $?
if [ -n "$objects" ]; then
  shift "$words"
  dump "$directory/$objects" "$@"
fi
`;

/**
 * Parameters: how the data file is stored, the file, the same of the objects file ("" for none), then
 * the client's argv. Standard input: the password line.
 */
export const restoreScript = `set -u
exec 6>&1
IFS= read -r password
data_how=$1 data=$2 objects_how=$3 objects=$4
shift 4
${shared}
load "$data_how" "$data" "$@"
if [ -n "$objects" ]; then load "$objects_how" "$objects" "$@"; fi
echo uplift-restored
`;

/**
 * The same into a scratch database. A file that names a database would leave it: as data it is refused;
 * objects (mysqldump may alter their database for them) are left out then, which the last line says.
 */
export const rehearseScript = `set -u
exec 6>&1
IFS= read -r password
data_how=$1 data=$2 objects_how=$3 objects=$4
shift 4
${shared}
judge "$data_how" "$data"
[ "$altered" = 0 ] || { echo "the dump $data has $altered lines that name a database" >&2; exit ${dumpExit.elsewhere}; }
if [ -n "$objects" ]; then
  judge "$objects_how" "$objects"
  [ "$altered" = 0 ] || { objects= ; echo uplift-objects-left-out; }
fi
load "$data_how" "$data" "$@"
if [ -n "$objects" ]; then load "$objects_how" "$objects" "$@"; fi
echo uplift-restored
`;

/** Parameters: how a file is stored, the file, and so on. Reads each again, whole, and reports it. */
export const proveScript = `set -u
${shared}
while [ $# -gt 0 ]; do
  [ -f "$2" ] || { echo "there is no file $2" >&2; exit ${dumpExit.missing}; }
  judge "$1" "$2"
  report "$1" "$2"
  shift 2
done
`;
