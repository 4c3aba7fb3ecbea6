import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { restoreLinkSpeed, slowLink } from "../network.ts";
import { quote } from "../shell.ts";
import { Host } from "./host.ts";
import { askHealth, type Health } from "./oms-health.ts";

/** The faults the stand-in knows; each is a file on the host (see `lab/README.md`). */
export type OmsFault =
  | `init-fails-at-step-${1 | 2 | 3 | 4 | 5}`
  | "init-prints-error-1235"
  | "health-never"
  | "exit-after-start"
  | "no-dump-tool";

const faultFolder = "/data/oms/oms_run/lab-faults";

/** A host with the faults a test can make on it. All of them end with `lab.stop()`; most can be undone before. */
export class LabHost extends Host {
  /** "SHA256:...", what the host's SSH server shows today. */
  get hostKeyFingerprint(): string {
    return readFileSync(join(this.dir, "host-key-fingerprint"), "utf8");
  }

  set hostKeyFingerprint(fingerprint: string) {
    writeFileSync(join(this.dir, "host-key-fingerprint"), fingerprint);
  }

  /** What `/oms/health` says, asked from the machine; undefined when nothing answers. */
  health(): Promise<Health | undefined> {
    return askHealth(this.address);
  }

  async isHealthy(): Promise<boolean> {
    return (await this.health())?.data.healthy === true;
  }

  /** Kills every SSH session on the host, not the listener. What a session started may go on. */
  async killSshSessions(): Promise<void> {
    // The listener is the one whose pid is in the file.
    const sessions =
      'grep -lx sshd /proc/[0-9]*/comm | cut -d/ -f3 | grep -vx "$(cat /run/sshd.pid)"';
    await this.mustExec(`kill -9 $(${sessions}) 2>/dev/null; true`);
  }

  /** Gives the host's SSH server a new key, as a re-installed host has. Returns the new fingerprint. */
  async replaceHostKey(): Promise<string> {
    const file = "/etc/ssh/lab_host_ed25519_key";
    const said = await this.mustExec(
      `rm -f ${file} ${file}.pub && ssh-keygen -q -t ed25519 -N '' -C ${quote(this.name)} -f ${file}` +
        ` && kill -HUP "$(cat /run/sshd.pid)" && ssh-keygen -l -f ${file}.pub`,
    );
    this.hostKeyFingerprint = said.split(" ")[1] ?? "";
    return this.hostKeyFingerprint;
  }

  /** Puts a small file system of its own under a folder; what was in the folder is copied onto it. */
  async limitDisk(path: string, megabytes: number): Promise<void> {
    await this.mustExec(
      `set -e; mkdir -p ${quote(path)}; t=$(mktemp -d /run/lab-disk-XXXXXX);` +
        ` mount -t tmpfs -o size=${megabytes}m tmpfs "$t"; cp -a ${quote(path)}/. "$t"; mount --move "$t" ${quote(path)}`,
    );
  }

  /** Undoes `limitDisk`: the folder is what it was before. */
  async unlimitDisk(path: string): Promise<void> {
    await this.mustExec(`umount -l ${quote(path)}`);
  }

  /** Fills a folder's file system, which must have been limited before, to the last `leaveBytes`. */
  async fillDisk(path: string, leaveBytes = 0): Promise<void> {
    await this.mustExec(
      `set -e; [ "$(stat -f -c %T ${quote(path)})" = tmpfs ]; cd ${quote(path)};` +
        ` free=$(df --output=avail -B1 . | tail -1); head -c $((free - ${leaveBytes})) /dev/zero >.lab-filler`,
    );
  }

  async emptyDisk(path: string): Promise<void> {
    await this.mustExec(`rm -f ${quote(`${path}/.lab-filler`)}`);
  }

  /** Makes `date` on the host report another time; 0 undoes it. The kernel's clock is everybody's. */
  async setClockSkew(seconds: number): Promise<void> {
    const file = "/usr/local/bin/date";
    if (seconds === 0) return this.removeFile(file);
    const script = `#!/bin/sh\nexec /usr/bin/date -d '${seconds} seconds' "$@"\n`;
    await this.writeFile(file, script, 0o755);
  }

  /** Takes a program off the host, e.g. "/usr/bin/mysqldump". */
  async hideTool(path: string): Promise<void> {
    await this.mustExec(`mv ${quote(path)} ${quote(`${path}.hidden-by-the-lab`)}`);
  }

  async unhideTool(path: string): Promise<void> {
    await this.mustExec(`mv ${quote(`${path}.hidden-by-the-lab`)} ${quote(path)}`);
  }

  /** Slows what the host sends. A delay needs the kernel's netem module; a rate does not. */
  slowLink(link: { kilobitsPerSecond?: number; delayMs?: number }): Promise<void> {
    return slowLink(this.netns, link);
  }

  restoreLinkSpeed(): Promise<void> {
    return restoreLinkSpeed(this.netns);
  }

  /** Turns one of the stand-in's faults on, for good or for the next time only. */
  async setOmsFault(fault: OmsFault, { once = false } = {}): Promise<void> {
    await this.writeFile(`${faultFolder}/${fault}`, once ? "once\n" : "");
  }

  async clearOmsFault(fault: OmsFault): Promise<void> {
    await this.removeFile(`${faultFolder}/${fault}`);
  }

  /** How long the next `docker_init.sh` on this host takes in all. */
  async setInitSeconds(seconds: number): Promise<void> {
    await this.writeFile("/data/oms/oms_run/lab-init-seconds", `${seconds}\n`);
  }
}
