import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { type ClientTools, clientPrograms, clientToolsRoot } from "../image/client-tools.ts";
import { run, tryRun } from "../shell.ts";

/** Where a host's disk is on the machine. */
export interface HostDisk {
  dir: string;
  /** The writable layer over the machine's own root. */
  upper: string;
  /** The host's /data, /root, /home and /var/lib/docker, which are plain directories. */
  plain: { data: string; root: string; home: string; docker: string };
}

export interface Login {
  /** The crypt(3) hash, for /etc/shadow. */
  passwordHash: string;
  publicKey: string;
}

function diskOf(dir: string): HostDisk {
  const plain = (name: string) => join(dir, "plain", name);
  return {
    dir,
    upper: join(dir, "upper"),
    plain: {
      data: plain("data"),
      root: plain("root"),
      home: plain("home"),
      docker: plain("var-lib-docker"),
    },
  };
}

/** The PATH folders that come before the Debian packages' own. */
function foreignDockerClients(): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [...new Set(["/usr/local/bin", "/usr/local/sbin", ...folders])]
    .map((folder) => join(folder, "docker"))
    .filter((file) => !["/usr/bin/docker", "/bin/docker"].includes(file) && existsSync(file));
}

/** Makes a file of the machine vanish on the host (an overlay whiteout). */
async function hideFile(disk: HostDisk, path: string): Promise<void> {
  const target = join(disk.upper, path);
  mkdirSync(join(target, ".."), { recursive: true });
  await run(["mknod", target, "c", "0", "0"]);
}

/** Gives the host other client programs than the machine's own, which are MariaDB's. */
async function writeTools(disk: HostDisk, tools: ClientTools): Promise<void> {
  if (tools === "mariadb") return;
  for (const name of clientPrograms) await hideFile(disk, `/usr/bin/${name}`);
  if (tools === "none") return;
  const root = `${await clientToolsRoot(tools)}/.`;
  // Nobody writes to them: linked, or copied from another file system.
  const linked = await tryRun(["cp", "-al", "--remove-destination", root, disk.upper]);
  if (linked.code !== 0) await run(["cp", "-a", "--remove-destination", root, disk.upper]);
}

/** Puts a big file nobody writes to onto a host's disk: a copy for each host would take 180 MB. */
export function linkOrCopy(file: string, target: string): void {
  try {
    linkSync(file, target);
  } catch {
    copyFileSync(file, target); // Another file system.
  }
}

function writeAccounts(disk: HostDisk, root: Login, admin: Login): void {
  const etc = join(disk.upper, "etc");
  const without = (file: string, names: string[]) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !names.includes(line.split(":")[0] ?? ""))
      .join("\n");
  writeFileSync(
    join(etc, "passwd"),
    `${without("/etc/passwd", ["admin"])}\nadmin:x:3900:3900::/home/admin:/bin/bash\n`,
  );
  writeFileSync(join(etc, "group"), `${without("/etc/group", ["admin"])}\nadmin:x:3900:\n`);
  const shadow = [without("/etc/shadow", ["root", "admin"])];
  shadow.push(`root:${root.passwordHash}:19000:0:99999:7:::`);
  shadow.push(`admin:${admin.passwordHash}:19000:0:99999:7:::`, "");
  writeFileSync(join(etc, "shadow"), shadow.join("\n"), { mode: 0o640 });
  mkdirSync(join(etc, "sudoers.d"), { mode: 0o755 });
  // What many sites have: an operator's account that must give its password.
  writeFileSync(join(etc, "sudoers.d", "lab-admin"), "admin ALL=(ALL:ALL) ALL\n", { mode: 0o440 });
}

function writeSshServer(disk: HostDisk): void {
  const ssh = join(disk.upper, "etc/ssh");
  writeFileSync(
    join(ssh, "sshd_config"),
    [
      "HostKey /etc/ssh/lab_host_ed25519_key",
      "PermitRootLogin yes",
      "PasswordAuthentication yes",
      "KbdInteractiveAuthentication no",
      "UsePAM no",
      "UseDNS no",
      "Subsystem sftp internal-sftp",
      "",
    ].join("\n"),
  );
}

/** Writes a new host key; a running sshd must be told. Returns its SHA256 fingerprint. */
export async function writeHostKey(disk: HostDisk, comment: string): Promise<string> {
  const file = join(disk.upper, "etc/ssh/lab_host_ed25519_key");
  await run(["sh", "-c", 'rm -f "$1" "$1.pub"', "sh", file]);
  await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file]);
  const [, fingerprint] = (await run(["ssh-keygen", "-l", "-f", `${file}.pub`])).split(" ");
  if (fingerprint === undefined) throw new Error("ssh-keygen -l said nothing");
  return fingerprint;
}

function writeHome(home: string, uid: number, publicKey: string): string {
  mkdirSync(join(home, ".ssh"), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, ".ssh/authorized_keys"), `${publicKey}\n`, { mode: 0o600 });
  writeFileSync(join(home, ".bashrc"), "# A lab host\n");
  return `${uid}:${uid}`;
}

/** Where a deployment's dumps are, on the host. */
export const backupFolder = "/home/admin/uplift-backups";

/** Puts a small disk under the folder of the dumps; it outlives a power cut, as a disk does. */
export async function attachBackupDisk(disk: HostDisk, megabytes: number): Promise<void> {
  const folder = join(disk.plain.home, backupFolder.slice("/home/".length));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await run(["mount", "-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", folder]);
}

/** Makes a new host's disk: users, SSH server, Docker settings. Nothing of it touches the machine's files. */
export async function createDisk(
  dir: string,
  host: {
    name: string;
    logins: { root: Login; admin: Login };
    daemonJson?: object;
    tools?: ClientTools;
  },
): Promise<HostDisk> {
  const disk = diskOf(dir);
  for (const folder of ["work", "root", "upper/etc/ssh", "upper/etc/docker", "upper/data"])
    mkdirSync(join(dir, folder), { recursive: true, mode: 0o755 });
  for (const folder of ["upper/usr/local/sbin", "upper/var/lib/docker", "upper/var/log"])
    mkdirSync(join(dir, folder), { recursive: true, mode: 0o755 });
  for (const folder of Object.values(disk.plain)) mkdirSync(folder, { recursive: true });
  writeFileSync(join(disk.upper, "etc/hostname"), `${host.name}\n`);
  writeFileSync(join(disk.upper, "etc/hosts"), `127.0.0.1 localhost\n127.0.1.1 ${host.name}\n`);
  writeAccounts(disk, host.logins.root, host.logins.admin);
  writeSshServer(disk);
  writeHome(disk.plain.root, 0, host.logins.root.publicKey);
  const admin = join(disk.plain.home, "admin");
  await run(["chown", "-R", writeHome(admin, 3900, host.logins.admin.publicKey), admin]);
  await run(["chmod", "700", disk.plain.root]);
  for (const client of foreignDockerClients()) await hideFile(disk, client);
  await writeTools(disk, host.tools ?? "mariadb");
  if (host.daemonJson) {
    writeFileSync(join(disk.upper, "etc/docker/daemon.json"), JSON.stringify(host.daemonJson));
    writeFileSync(join(disk.upper, "etc/docker/start-at-boot"), "");
    cpSync(join(import.meta.dirname, "oci-runtime.sh"), join(disk.upper, "usr/local/sbin/lab-oci"));
  }
  // A directory of the upper layer hides the mode of the machine's own.
  if ((statSync(join(disk.upper, "var/lib/docker")).mode & 0o777) !== 0o755)
    throw new Error("the umask must let directories be 0755");
  return disk;
}
