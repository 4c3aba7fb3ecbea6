import type { PortFacts } from "#lib/domain/facts.ts";
import { type Command, command, script } from "./command.ts";

/** Read-only looks at a host, each with constant text. */
export const looks = {
  /** Content of a file; a failure names the file on standard error. */
  file: (path: string): Command => command("cat", "--", path),
  /** The first 512 bytes of a file in hexadecimal, which say what kind of file it is. */
  head: (path: string): Command =>
    script(
      `[ -f "$1" ] || { echo "No such file: $1" >&2; exit 1; }; od -An -v -tx1 -N512 -- "$1"`,
      path,
    ),
  sha256: (path: string): Command => command("sha256sum", "--", path),
  /** Free bytes where a directory is or would be made. */
  freeBytes: (directory: string): Command =>
    script(
      `d=$1; while [ ! -d "$d" ]; do d=$(dirname -- "$d"); done; df -Pk -- "$d" | awk 'NR==2 { printf "%d\\n", $4 * 1024 }'`,
      directory,
    ),
  hostName: (): Command => command("uname", "-n"),
  userName: (): Command => command("id", "-un"),
  /** Succeeds when this user becomes root without a password. */
  sudoWithoutPassword: (): Command => command("sudo", "-n", "true"),
  fileSize: (path: string): Command => command("stat", "-c", "%s", "--", path),
  /**
   * What compresses, and each pair of a dump program and a client: their paths, their versions, and the
   * options that the former knows. A host that has the programs of both families has two pairs.
   */
  dumpTools: (): Command => script(dumpToolsScript),
} as const;

/**
 * Looks that only a preflight takes. Each is one command of constant text that changes nothing.
 */
export const preflightLooks = {
  /** `BYTES` and then the archive's manifest.json, found without unpacking anything else. */
  archiveManifest: (path: string): Command =>
    script(`stat -Lc %s -- "$1" && exec tar -xOf "$1" --occurrence=1 manifest.json`, path),
  /** Where Docker keeps images, and the free bytes there: two lines. */
  dockerDisk: (): Command =>
    script(
      `d=$(docker info --format '{{.DockerRootDir}}') && echo "$d" && df -Pk -- "$d" | awk 'NR==2 { printf "%d\\n", $4 * 1024 }'`,
    ),
  /**
   * Who listens on each port: `PORT container|other|nobody PROCESS`. A process belongs to the container
   * when it has the mount namespace of the container's first process.
   */
  portHolders: (container: string, ports: readonly number[]): Command =>
    script(portScript, container, ...ports.map(String)),
} as const;

const dumpToolsScript = `PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/mysql/bin:/usr/local/mariadb/bin
export PATH
first() { for one do command -v "$one" && return; done; }
printf 'uplift-compressors '
for packer in zstd gzip; do command -v "$packer" >/dev/null && printf '%s ' "$packer"; done
echo
before=
for pair in "mysqldump mysql mariadb" "mariadb-dump mariadb mysql"; do
  set -- $pair
  dump=$(command -v "$1") || continue
  client=$(shift; first "$@") || continue
  version=$("$dump" --version) || continue
  # MariaDB installs its programs under both names.
  file=$(readlink -f -- "$dump")
  [ "$file" != "$before" ] || continue
  before=$file
  printf 'uplift-tool\\n%s\\n%s\\n%s\\n' "$dump" "$client" "$version"
  "$client" --version
  "$dump" --no-defaults --help
done
exit 0`;

const portScript = `c=$1; shift
main=$(docker inspect --type container --format '{{.State.Pid}}' "$c") || exit 1
inside=$(readlink "/proc/$main/ns/mnt" 2>/dev/null)
for port do
  hex=$(printf ':%04X' "$port")
  found=nobody name=
  for inode in $(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p="$hex" '$4 == "0A" && substr($2, length($2) - 4) == p { print $10 }'); do
    found=other
    fd=$(find /proc/[0-9]*/fd -lname "socket:\\[$inode\\]" 2>/dev/null | head -n 1)
    [ -n "$fd" ] || continue
    proc=\${fd%/fd/*}
    name=$(cat "$proc/comm" 2>/dev/null)
    if [ -n "$inside" ] && [ "$(readlink "$proc/ns/mnt")" = "$inside" ]; then found=container; fi
    break
  done
  echo "$port $found $name"
done`;

/** Free space out of `looks.freeBytes`. */
export function parseBytes(stdout: string): number | null {
  const text = stdout.trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** Who listens where, out of `preflightLooks.portHolders`. */
export function parsePortHolders(stdout: string): PortFacts[] {
  return [...stdout.matchAll(/^(\d+) (container|other|nobody) ?(.*)$/gm)].map(
    ([, port, holder, process = ""]) => ({
      port: Number(port),
      holder: holder as PortFacts["holder"],
      process: process.trim() || null,
    }),
  );
}

/**
 * Whether `looks.head` shows what `docker load` takes: a tar archive, plain or compressed with
 * gzip, bzip2, xz or zstd.
 */
export function looksLikeArchive(hexDump: string): boolean {
  const ustar = packed(hexDump).slice(2 * 257, 2 * 262) === "7573746172";
  return ustar || isCompressed(hexDump);
}

/** Whether `looks.head` shows a file compressed with gzip, bzip2, xz or zstd. */
export function isCompressed(hexDump: string): boolean {
  return /^(1f8b|425a68|fd377a585a00|28b52ffd)/.test(packed(hexDump));
}

const packed = (hexDump: string) => hexDump.replace(/\s/g, "");
