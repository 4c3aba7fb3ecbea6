import { Compression } from "#lib/domain/compression.ts";
import { takeLogin } from "./client-login.ts";
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
  /** The directory could not be made or written to. */
  directory: 70,
  /** The client program could not log in. */
  logIn: 71,
  /** The dump program could not read the structure of everything. */
  structure: 72,
  /** The client program could not load tables and views. */
  load: 73,
  /** The client program could not create triggers, routines and events. */
  objects: 74,
} as const;

const filters = (of: typeof packer) =>
  Compression.options
    .map((one) => `${one}) ${showCommand(of(one) ?? { argv: ["cat"] })} ;;`)
    .join(" ");

/**
 * `weigh HOW FILE` reads a stored dump once and sets `text` (bytes of SQL), `tables`, `filled` (tables with
 * rows), `last` (1 with the closing line), `foreign` (lines that name a database) and `unpacked` (exit code).
 *
 * POSIX sh has no `pipefail`: in a pipeline each part tells its own exit code on a descriptor of its
 * own. The text goes to three readers at once through descriptors 7 and 8.
 */
const shared = `
# Neither the login's locale nor its settings for MySQL have a say; what a program is told, it is told here.
unset MYSQL_PWD MYSQL_HOST MYSQL_TCP_PORT MYSQL_UNIX_PORT MYSQL_HOME MYSQL_GROUP_SUFFIX MARIADB_HOME LANGUAGE
export LC_ALL=C MYSQL_TEST_LOGIN_FILE=/dev/null
report() {
  bytes=$(wc -c < "$2")
  sum=$(sha256sum < "$2")
  printf 'uplift-file %d %s %s\\n' "$bytes" "\${sum%% *}" "$2"
  printf 'uplift-text %s %d %d %d %s\\n' "$1" "$text" "$tables" "$filled" "$2"
  of=$(unpack "$1" "$2" 2>/dev/null | head -c 4096 | sed -n 's/^-- Host: .* Database: //p')
  printf 'uplift-database %s\\n' "$of"
}
pack() { case $1 in ${filters(packer)} *) return 127 ;; esac; }
unpack() { case $1 in ${filters(unpacker)} *) return 127 ;; esac < "$2"; }
marks='^(CREATE TABLE |INSERT INTO \`(\`\`|[^\`])+\`|USE |(CREATE|DROP|ALTER) (DATABASE|SCHEMA) )'
weigh() {
  text=0 tables=0 filled=0 last=0 foreign=0 unpacked=1
  for fact in $( { { {
      { unpack "$1" "$2"; echo "unpacked=$?" >&9; } |
        tee /dev/fd/8 /dev/fd/7 | { echo "text=$(($(wc -c)))" >&9; }
    } 7>&1 | { echo "last=$(tail -c 512 | LC_ALL=C grep -c '^-- Dump completed')" >&9; }
  } 8>&1 | LC_ALL=C grep -oE "$marks" | LC_ALL=C awk '
    /^CREATE TABLE / { tables++; next } /^INSERT / { if ($0 != before) filled++; before = $0; next } { foreign++ }
    END { printf "tables=%d filled=%d foreign=%d\\n", tables, filled, foreign }' >&9
  } 9>&1 )
  do
    value=\${fact#*=}
    case $fact in
      text=*) text=$value ;; tables=*) tables=$value ;; filled=*) filled=$value ;;
      last=*) last=$value ;; foreign=*) foreign=$value ;; unpacked=*) unpacked=$value ;;
    esac
  done
}
# whole HOW FILE: can be read to its end, and its end is that of a dump. judge: nothing in it leaves its database.
whole() {
  weigh "$1" "$2"
  [ "$unpacked" = 0 ] || { echo "the dump \${2%.part} could not be read: $1 exited with $unpacked" >&2; exit ${dumpExit.unreadable}; }
  [ "$text" -gt 0 ] || { echo "the dump \${2%.part} is empty" >&2; exit ${dumpExit.empty}; }
  [ "$last" -gt 0 ] || { echo "the dump \${2%.part} lacks its closing line" >&2; exit ${dumpExit.cutShort}; }
}
judge() {
  whole "$1" "$2"
  [ "$foreign" = 0 ] || { echo "the dump \${2%.part} has $foreign lines that name a database" >&2; exit ${dumpExit.elsewhere}; }
}
# MariaDB's dump begins with a line that other clients, and some of its own in binary mode, do not know
# (MDEV-34203). It forbids what binary mode forbids anyway, and carries no data.
plain() {
  if IFS= read -r line; then
    case $line in *'enable the sandbox mode'*) ;; *) printf '%s\\n' "$line" ;; esac
    exec cat
  fi
  printf '%s' "$line"
}
# keep N FUNCTION WORD...: calls the function with the first N words; POSIX sh has no arrays.
keep() {
  count=$1 calls=$2
  shift 2
  total=$# taken=0
  for word in "$@"; do
    [ "$taken" -lt "$count" ] && set -- "$@" "$word"
    taken=$((taken + 1))
  done
  shift "$total"
  "$calls" "$@"
}
# dump HOW FILE WORD...: what the dump program prints, stored; whole or not there.
dump() {
  how=$1 target=$2
  shift 2
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
  place "$target"
}
# objects HOW FILE: the rest of the standard input, in base64, stored; whole or not there.
objects() {
  base64 -d | pack "$1" > "$2.part" || exit ${dumpExit.toolFailed}
  whole "$1" "$2.part"
  place "$2"
}
place() {
  sync "$1.part" 2>/dev/null || sync
  mv -f -- "$1.part" "$1" || exit ${dumpExit.toolFailed}
  sync "\${1%/*}" 2>/dev/null || sync
}
directory() {
  mkdir -p -- "$1" && chmod 700 -- "$1" && printf x > "$1/.writable" && rm -f -- "$1/.writable" || exit ${dumpExit.directory}
}
load() {
  how=$1 file=$2
  shift 2
  client=1 unpacked=1
  for code in $( {
    { unpack "$how" "$file" 9>&-; echo "unpacked=$?" >&9; } | plain |
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
 * Parameters: directory, file, objects file or "", compression, then the dump's argv. Standard input: the
 * log-in's lines, then the objects in base64, which mysqldump does not write.
 *
 * Each file is written beside its place, read again, and renamed only when it is whole and on the disk,
 * so a file with the final name is always a complete one.
 */
export const dumpScript = `set -u
umask 077
${takeLogin}directory=$1 file=$2 objects=$3 how=$4
shift 4
${shared}
directory "$directory"
( dump "$how" "$directory/$file" "$@"; report "$how" "$directory/$file" ) </dev/null || exit $?
if [ -n "$objects" ]; then
  objects "$how" "$directory/$objects"
  report "$how" "$directory/$objects"
fi
`;

/**
 * Parameters: how the data file is stored, the file, the same of the objects file ("" for none), then
 * the client's argv. Standard input: the log-in's lines.
 */
export const restoreScript = `set -u
exec 6>&1
${takeLogin}data_how=$1 data=$2 objects_how=$3 objects=$4
shift 4
${shared}
load "$data_how" "$data" "$@"
if [ -n "$objects" ]; then load "$objects_how" "$objects" "$@"; fi
echo uplift-restored
`;

/** Parameters: how a file is stored, the file, a line of it. Prints how the statement in that line begins. */
export const statementScript = `${shared}
unpack "$1" "$2" 2>/dev/null | plain | sed -n "$3{p;q;}" | cut -c 1-160 | sed 's/ VALUES.*//'
`;

/** Given as how the objects are stored: they come on standard input, not in a file. */
export const objectsOnInput = "input";

/**
 * The same into a scratch database, which a file that names a database would leave. Objects for practice come on
 * standard input, behind the log-in's lines and in base64: those of the file may name their database.
 */
export const rehearseScript = `set -u
umask 077
exec 6>&1
${takeLogin}data_how=$1 data=$2 objects_how=$3 objects=$4
shift 4
${shared}
if [ "$objects_how" = ${objectsOnInput} ]; then
  objects=$(mktemp) objects_how=none || exit ${dumpExit.directory}
  trap 'rm -f -- "$objects"' EXIT
  base64 -d > "$objects" || exit ${dumpExit.directory}
fi
judge "$data_how" "$data"
( load "$data_how" "$data" "$@" ) || exit $?
if [ -n "$objects" ]; then ( load "$objects_how" "$objects" "$@" ) || exit $?; fi
echo uplift-restored
`;

/**
 * Tries on a host what an upgrade and its rollback will do there: log in with the client, read the structure
 * of everything, dump a part with rows, load that into a scratch database, and create the objects in it.
 * Nothing stays but the directory.
 *
 * Parameters: directory, compression, number N of words, N words of the structure's argv, number M of words, M
 * words of the part's argv, then the client's argv. Standard input: the log-in's lines, then the objects
 * in base64.
 */
export const trialScript = `set -u
umask 077
exec 6>&1
${takeLogin}directory=$1 how=$2
shift 2
${shared}
directory "$directory"
trial=$(mktemp -d "$directory/.trial-XXXXXX") || exit ${dumpExit.directory}
trap 'rm -rf -- "$trial"' EXIT
trap 'exit 1' HUP INT TERM
base64 -d > "$trial/objects" || exit ${dumpExit.directory}
exec </dev/null
structure() { options | "$@" > /dev/null || exit ${dumpExit.structure}; }
part() { dump "$how" "$trial/part" "$@"; }
words=$1
shift
( keep "$words" structure "$@" ) || exit $?
echo uplift-structure
shift "$words"
words=$1
shift
( keep "$words" part "$@" ) || exit $?
echo uplift-part
shift "$words"
printf 'SELECT 1;\\n' > "$trial/login"
( load none "$trial/login" "$@" ) >/dev/null || exit ${dumpExit.logIn}
echo uplift-login
( load "$how" "$trial/part" "$@" ) || exit ${dumpExit.load}
echo uplift-loaded
( load none "$trial/objects" "$@" ) || exit ${dumpExit.objects}
echo uplift-objects
`;

/** Parameters: how a file is stored, the file, and so on. Reads each again, whole, and reports it. */
export const proveScript = `set -u
${shared}
while [ $# -gt 0 ]; do
  [ -f "$2" ] || { echo "there is no file $2" >&2; exit ${dumpExit.missing}; }
  case $2 in *.objects.sql*) whole "$1" "$2" ;; *) judge "$1" "$2" ;; esac
  report "$1" "$2"
  shift 2
done
`;
