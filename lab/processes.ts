import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sleep } from "./shell.ts";

/**
 * A process the lab started. A pid alone is not an identity (the kernel uses it again), so the start
 * time in clock ticks since boot goes with it: the lab only ever signals a process when both match.
 */
export interface ProcessRecord {
  pid: number;
  startTime: string;
  what: string;
}

/**
 * The start time of a process, or undefined when there is none. A zombie counts as none, unless a thread of it is
 * still on its way out, with files and ports in its hands: a killed OceanBase needs a tenth of a second for that.
 */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in parentheses and may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const hasEnded = fields[0] === "Z" || fields[0] === "X";
    return hasEnded && readdirSync(`/proc/${pid}/task`).length < 2 ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function isAlive(record: ProcessRecord): boolean {
  return startTimeOf(record.pid) === record.startTime;
}

export function describeProcess(pid: number, what: string): ProcessRecord {
  const startTime = startTimeOf(pid);
  if (startTime === undefined) throw new Error(`${what} (pid ${pid}) ended at once`);
  return { pid, startTime, what };
}

/** Writes a record where `down` will find it, whatever becomes of this process. */
export function recordProcess(file: string, pid: number, what: string): ProcessRecord {
  const record = describeProcess(pid, what);
  writeFileSync(file, JSON.stringify(record));
  return record;
}

export function readRecord(file: string): ProcessRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessRecord;
  } catch {
    return undefined; // Half-written by a killed creator: the process is found by its directory instead.
  }
}

/** Kills the process if it is still the one recorded, and waits until it is gone. */
export async function killRecorded(
  record: ProcessRecord,
  signal: NodeJS.Signals = "SIGKILL",
): Promise<void> {
  const deadline = Date.now() + 10_000;
  if (isAlive(record)) process.kill(record.pid, signal);
  while (isAlive(record)) {
    if (Date.now() > deadline) throw new Error(`${record.what} (pid ${record.pid}) does not end`);
    await sleep(10);
  }
}

const labPrograms = new Set([
  "nsenter",
  "unshare",
  "mariadbd",
  "seekdb",
  "ld-linux-x86-64.so.2", // Of servers from another Debian.
]);

/** Processes whose command line names a path below `dir`: started by a creator that died before recording them. */
export function processesNaming(dir: string): ProcessRecord[] {
  const found: ProcessRecord[] = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const words = readFileSync(join("/proc", entry, "cmdline"), "utf8").split("\0");
      const isLabs = labPrograms.has(basename(words[0] ?? ""));
      const startTime = startTimeOf(pid);
      if (isLabs && startTime && words.some((word) => word.includes(`${dir}/`)))
        found.push({ pid, startTime, what: words[0] ?? "" });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}
