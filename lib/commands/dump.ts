import type { DumpFile } from "#lib/domain/backup.ts";
import type { DumpTool } from "#lib/domain/facts.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import { Secret } from "#lib/domain/secret.ts";
import { type Command, command } from "./command.ts";

/** Options that are used when the tool knows them; an unknown one would make it fail. */
export const wantedDumpOptions = [
  "--single-transaction",
  "--quick",
  "--hex-blob",
  "--no-tablespaces",
  "--column-statistics=0",
  "--set-gtid-purged=OFF",
] as const;

type Server = Pick<DatabaseServer, "host" | "port" | "user">;

/** `mysqldump` of tables and views; triggers are left out as the vendor documents (section 3.4). */
export function dumpData(tool: DumpTool, server: Server, database: string): Command {
  return command(
    tool.dump,
    "--defaults-extra-file=/dev/stdin",
    ...connection(server),
    ...tool.options,
    "--triggers=false",
    "--",
    database,
  );
}

/** `mysqldump` of what the vendor's command leaves out and a dropped database would lose. */
export function dumpObjects(tool: DumpTool, server: Server, database: string): Command {
  return command(
    tool.dump,
    "--defaults-extra-file=/dev/stdin",
    ...connection(server),
    "--skip-opt",
    ...tool.options.filter((option) => option.startsWith("--no-tablespaces")),
    "--no-create-info",
    "--no-data",
    "--triggers",
    "--routines",
    "--events",
    "--",
    database,
  );
}

/** The client that reads a dump; its options come on descriptor 3, the dump on standard input. */
export function restoreClient(tool: DumpTool, server: Server, database: string): Command {
  return command(
    tool.client,
    "--defaults-extra-file=/dev/fd/3",
    ...connection(server),
    "--binary-mode",
    "--",
    database,
  );
}

function connection({ host, port, user }: Server): string[] {
  return [
    `--host=${host}`,
    `--port=${port}`,
    "--protocol=tcp",
    `--user=${user}`,
    "--default-character-set=utf8mb4",
  ];
}

/**
 * The password as the inside of a quoted value in an option file: backslashes and double quotes are
 * escaped, all else is literal. An unescaped quote would end the value for the search for comments,
 * and a `#` behind it would cut the password off.
 */
export function optionFilePassword(password: Secret): Secret {
  return new Secret(password.reveal().replace(/[\\"]/g, "\\$&"));
}

/** Exit codes of the scripts below, apart from those of the tools they call. */
export const dumpExit = { toolFailed: 64, empty: 65, cutShort: 66, missing: 67 } as const;

/** The line by which a script reports a file: size in bytes, SHA-256, path. */
export const fileReport = /^uplift-file (\d+) ([0-9a-f]{64}) (.+)$/gm;

/** The files that a dump or proof script reported, in its order. */
export function readFileReports(stdout: string): DumpFile[] {
  return [...stdout.matchAll(fileReport)].map(([, bytes, sha256, path]) => ({
    bytes: Number(bytes),
    sha256: sha256 ?? "",
    path: path ?? "",
  }));
}

const shared = `
report() {
  bytes=$(wc -c < "$1")
  sum=$(sha256sum < "$1")
  printf 'uplift-file %d %s %s\\n' "$bytes" "\${sum%% *}" "$1"
}
options() { printf '[client]\\npassword="%s"\\n' "$password"; }
`;

/**
 * Parameters: directory, file, objects file or "", count N of words, N words of the data dump's
 * argv, then the argv of the objects dump. Standard input: the password line.
 *
 * The dump is written beside its place and renamed only when it is whole, so a file with the final
 * name is always a complete one.
 */
export const dumpScript = `set -u
umask 077
IFS= read -r password
directory=$1 file=$2 objects=$3 words=$4
shift 4
${shared}
dump() {
  target=$1
  shift
  rm -f -- "$target.part"
  options | "$@" > "$target.part" || { echo "$1 exited with $?" >&2; exit ${dumpExit.toolFailed}; }
  [ -s "$target.part" ] || { echo "the dump $target is empty" >&2; exit ${dumpExit.empty}; }
  tail -c 512 "$target.part" | grep -q 'Dump completed' ||
    { echo "the dump $target lacks its closing line" >&2; exit ${dumpExit.cutShort}; }
  sync "$target.part" 2>/dev/null || sync
  mv -f -- "$target.part" "$target"
  report "$target"
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

/** Parameters: data file, objects file or "", then the client's argv. Standard input: the password line. */
export const restoreScript = `set -u
IFS= read -r password
data=$1 objects=$2
shift 2
${shared}
load() {
  file=$1
  shift
  options | "$@" 3<&0 < "$file"
}
load "$data" "$@" || exit $?
if [ -n "$objects" ]; then load "$objects" "$@" || exit $?; fi
echo uplift-restored
`;

/** Parameters: files. Reads each again, whole, and reports it; complains about a missing closing line. */
export const proveScript = `set -u
${shared}
for file in "$@"; do
  [ -f "$file" ] || { echo "there is no file $file" >&2; exit ${dumpExit.missing}; }
  [ -s "$file" ] || { echo "the dump $file is empty" >&2; exit ${dumpExit.empty}; }
  tail -c 512 "$file" | grep -q 'Dump completed' ||
    { echo "the dump $file lacks its closing line" >&2; exit ${dumpExit.cutShort}; }
  report "$file"
done
`;
