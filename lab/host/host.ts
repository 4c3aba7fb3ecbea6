import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setLink } from "../network.ts";
import {
  isAlive,
  killRecorded,
  type ProcessRecord,
  readRecord,
  recordProcess,
} from "../processes.ts";
import { type CommandResult, hostEnvironment, tryRun, waitUntil } from "../shell.ts";
import { netnsName, vethName } from "../state.ts";
import { pingDocker } from "./docker-engine.ts";

export interface HostUser {
  name: "root" | "admin";
  password: string;
  privateKeyPath: string;
}

export interface HostIdentity {
  labId: string;
  name: string;
  address: string;
  index: number;
  dir: string;
  users: { root: HostUser; admin: HostUser };
}

/** A host of the lab: sshd, usually a Docker Engine, its own disk, address and processes. */
export class Host {
  readonly name: string;
  readonly address: string;
  readonly sshPort = 22;
  readonly users: { root: HostUser; admin: HostUser };
  readonly dir: string;
  readonly netns: string;
  readonly veth: string;

  constructor(identity: HostIdentity) {
    this.name = identity.name;
    this.address = identity.address;
    this.users = identity.users;
    this.dir = identity.dir;
    this.netns = netnsName(identity.labId, identity.name);
    this.veth = vethName(identity.labId, identity.index);
  }

  private get powerFile(): string {
    return join(this.dir, "power.json");
  }

  private get initFile(): string {
    return join(this.dir, "init.json");
  }

  /** The host's first process as the machine sees it, or undefined when the host is off. */
  private init(): ProcessRecord | undefined {
    const record = readRecord(this.initFile);
    return record && isAlive(record) ? record : undefined;
  }

  private requireInit(): ProcessRecord {
    const init = this.init();
    if (init === undefined) throw new Error(`host ${this.name} is off`);
    return init;
  }

  get isOn(): boolean {
    return this.init() !== undefined;
  }

  /** Powers the host on. Its disk is as it was; /run and /tmp are empty; Docker starts, containers do not. */
  async boot(): Promise<void> {
    if (this.isOn) return;
    const enter = join(import.meta.dirname, "enter-host.sh");
    const namespaces = ["--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child"];
    const unshare = ["unshare", ...namespaces, enter, this.dir, this.name];
    const child = spawn("nsenter", [`--net=/run/netns/${this.netns}`, ...unshare], {
      detached: true,
      stdio: "ignore",
      env: hostEnvironment(),
    });
    child.unref();
    if (child.pid === undefined) throw new Error(`cannot start host ${this.name}`);
    // nsenter becomes unshare by exec, so this pid is the power switch.
    const power = recordProcess(this.powerFile, child.pid, `power of ${this.name}`);
    await waitUntil(
      `host ${this.name} to boot`,
      async () => {
        if (!isAlive(power)) throw new Error(`host ${this.name} ended while it booted`);
        const [pid] = childrenOf(power.pid);
        if (pid === undefined) return false;
        try {
          readFileSync(`/proc/${pid}/root/run/lab-booted`);
          recordProcess(this.initFile, pid, `init of ${this.name}`);
          return true;
        } catch {
          return false;
        }
      },
      { everyMs: 20, timeoutMs: 20_000 },
    );
  }

  /** Everything on the host dies at once. What was on its disk stays. */
  async powerCut(): Promise<void> {
    const [power, init] = [readRecord(this.powerFile), readRecord(this.initFile)];
    if (power) await killRecorded(power);
    // The namespace is gone only when its first process is.
    if (init) await killRecorded(init);
  }

  /** Runs a shell command as root on the host: not through SSH, so it works when the network is cut. */
  async exec(
    command: string,
    options: { input?: string; timeoutMs?: number } = {},
  ): Promise<CommandResult> {
    const { pid } = this.requireInit();
    const enter = ["nsenter", "-t", String(pid), "-m", "-u", "-i", "-n", "-p"];
    return tryRun([...enter, "bash", "-c", `cd; ${command}`], {
      ...options,
      env: hostEnvironment(),
    });
  }

  /** As `exec`, but throws with what was printed when the command fails. Returns standard output. */
  async mustExec(
    command: string,
    options: { input?: string; timeoutMs?: number } = {},
  ): Promise<string> {
    const result = await this.exec(command, options);
    if (result.code !== 0)
      throw new Error(
        `${this.name}: ${command}\nended with ${result.code}: ${result.stderr}${result.stdout}`,
      );
    return result.stdout;
  }

  /** A path on the host as the machine sees it. The host must be on. */
  pathOf(path: string): string {
    return `/proc/${this.requireInit().pid}/root${path}`;
  }

  async readFile(path: string): Promise<string> {
    return readFile(this.pathOf(path), "utf8");
  }

  async writeFile(path: string, content: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(this.pathOf(path)), { recursive: true });
    await writeFile(this.pathOf(path), content);
    await chmod(this.pathOf(path), mode);
  }

  async removeFile(path: string): Promise<void> {
    await rm(this.pathOf(path), { force: true });
  }

  /** Starts the Docker Engine if it is not running, and waits until it answers. */
  async startDocker(): Promise<void> {
    if (!(await this.isDockerUp()))
      await this.mustExec("setsid dockerd </dev/null >>/var/log/dockerd.log 2>&1 & exit 0");
    await this.waitForDocker();
  }

  async waitForDocker(): Promise<void> {
    await waitUntil(`dockerd on ${this.name}`, () => this.isDockerUp(), {
      everyMs: 40,
      timeoutMs: 60_000,
    });
  }

  /** Stops the Docker Engine, and with it the containers (there is no live restore). */
  async stopDocker(): Promise<void> {
    await this.exec('kill "$(cat /run/docker.pid)"');
    await waitUntil(`dockerd on ${this.name} to end`, async () => {
      return (await this.exec('kill -0 "$(cat /run/docker.pid)" 2>/dev/null')).code !== 0;
    });
  }

  isDockerUp(): Promise<boolean> {
    return this.isOn ? pingDocker(this.pathOf("/run/docker.sock")) : Promise.resolve(false);
  }

  async cutNetwork(): Promise<void> {
    await setLink(this.veth, "down");
  }

  async restoreNetwork(): Promise<void> {
    await setLink(this.veth, "up");
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
