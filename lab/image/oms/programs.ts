// Part of the OMS stand-in (a test double): the programs supervisord would run, as a small state model.
import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { compareVersions, type OmsConfig } from "./config.ts";
import type { Readiness } from "./schema.ts";

export const programNames = [
  "crond",
  "nginx",
  "oms_console",
  "oms_drc_cm",
  "oms_drc_supervisor",
  "sshd",
] as const;
export type ProgramName = (typeof programNames)[number];
export type ProgramState = "STARTING" | "RUNNING" | "STOPPED" | "BACKOFF" | "FATAL";

/** Written by docker_init.sh in this container's own file system. */
export const initialisedMark = "/opt/oms/initialised";

interface Program {
  wanted: boolean;
  state: ProgramState;
  since: number;
  reason: string;
}

export class Programs {
  private readonly table = new Map<ProgramName, Program>();

  constructor(config: OmsConfig) {
    // From 4.0 on, the nodes on which docker_init.sh did not run leave the console to the operator.
    const consoleWaits =
      config.isUpgrade &&
      compareVersions(config.version, "4.0.0") >= 0 &&
      !existsSync(initialisedMark);
    for (const name of programNames) {
      const wanted = !(name === "oms_console" && consoleWaits);
      const state = wanted ? "STARTING" : "STOPPED";
      this.table.set(name, { wanted, state, since: Date.now(), reason: "" });
    }
  }

  state(name: ProgramName): ProgramState {
    return this.get(name).state;
  }

  get allRunning(): boolean {
    return programNames.every((name) => this.state(name) === "RUNNING");
  }

  /** Moves each program on, given what the database and the ports say. A FATAL one stays so until it is started again. */
  settle(readiness: Readiness, problems: Partial<Record<ProgramName, string>>): void {
    for (const name of programNames) {
      const program = this.get(name);
      if (!program.wanted || program.state === "FATAL") continue;
      const problem = problems[name];
      if (problem !== undefined) this.set(name, "FATAL", problem);
      else if (name !== "oms_console" && name !== "oms_drc_cm") this.set(name, "RUNNING", "");
      else if (readiness.state === "newer") this.set(name, "FATAL", readiness.reason);
      else if (readiness.state === "ready") this.set(name, "RUNNING", "");
      // A running console outlives a lost MetaDB; it is only not healthy.
      else if (readiness.state === "needs-init" || program.state !== "RUNNING")
        this.set(name, "BACKOFF", readiness.reason);
    }
  }

  start(name: ProgramName): boolean {
    const program = this.get(name);
    const wasStopped = program.state !== "RUNNING";
    program.wanted = true;
    if (wasStopped) this.set(name, "STARTING", "");
    return wasStopped;
  }

  stop(name: ProgramName): boolean {
    const wasRunning = this.get(name).wanted;
    this.get(name).wanted = false;
    this.set(name, "STOPPED", "");
    return wasRunning;
  }

  /** As `supervisorctl status` prints it. */
  describe(name: ProgramName): string {
    const { state, since } = this.get(name);
    const upSeconds = Math.floor((Date.now() - since) / 1000);
    const clock = new Date(upSeconds * 1000).toISOString().slice(12, 19);
    const detail = {
      RUNNING: `pid ${100 + programNames.indexOf(name)}, uptime ${clock}`,
      STARTING: "",
      STOPPED: "Not started",
      BACKOFF: "Exited too quickly (process log may have details)",
      FATAL: "Exited too quickly (process log may have details)",
    }[state];
    return `${name.padEnd(33)}${state.padEnd(10)}${detail}`.trimEnd();
  }

  private get(name: ProgramName): Program {
    const program = this.table.get(name);
    if (program === undefined) throw new Error(`no such program: ${name}`);
    return program;
  }

  private set(name: ProgramName, state: ProgramState, reason: string): void {
    const program = this.get(name);
    if (program.state === state && program.reason === reason) return;
    if (program.state !== state) program.since = Date.now();
    program.state = state;
    program.reason = reason;
    writeLog(name, `${state}${reason === "" ? "" : `: ${reason}`}`);
  }
}

/** Appends to /home/admin/logs/NAME/NAME.log, which is on the host, and to the container's own output. */
export function writeLog(name: string, line: string): void {
  const stamped = `${new Date().toISOString()} [${name}] ${line}`;
  console.log(stamped);
  try {
    mkdirSync(`/home/admin/logs/${name}`, { recursive: true });
    appendFileSync(`/home/admin/logs/${name}/${name}.log`, `${stamped}\n`);
  } catch {
    // A full disk must not end the services.
  }
}
