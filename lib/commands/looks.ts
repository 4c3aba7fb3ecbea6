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
  /** Where `mysqldump` and `mysql` are, their version, and the options the former knows. */
  dumpTools: (): Command =>
    script(
      `dump=$(command -v mysqldump || command -v mariadb-dump) || { echo "no mysqldump" >&2; exit 127; }
client=$(command -v mysql || command -v mariadb) || { echo "no mysql" >&2; exit 127; }
printf '%s\\n%s\\n' "$dump" "$client"
"$dump" --version
"$dump" --no-defaults --help`,
    ),
} as const;

/** Free space out of `looks.freeBytes`. */
export function parseBytes(stdout: string): number | null {
  const text = stdout.trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

/**
 * Whether `looks.head` shows what `docker load` takes: a tar archive, plain or compressed with
 * gzip, bzip2, xz or zstd.
 */
export function looksLikeArchive(hexDump: string): boolean {
  const hex = hexDump.replace(/\s/g, "");
  const ustar = hex.slice(2 * 257, 2 * 262) === "7573746172";
  return ustar || /^(1f8b|425a68|fd377a585a00|28b52ffd)/.test(hex);
}
