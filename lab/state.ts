import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describeProcess, isAlive, type ProcessRecord } from "./processes.ts";

/** Everything a running lab owns is below this directory, or is named after its number. */
const stateRoot = process.env.UPLIFT_LAB_DIR ?? "/var/lib/uplift-lab";

/** A lab's number is also the third octet of its network, the name of its bridge and of its cgroup. */
export interface LabNames {
  id: string;
  stateDir: string;
  bridge: string;
  /** e.g. "10.77.12"; the bridge is .1, hosts begin at .11 */
  subnet: string;
  cgroup: string;
}

export function namesOf(id: string): LabNames {
  return {
    id,
    stateDir: join(stateRoot, id),
    bridge: `uplift${id}`,
    subnet: `10.77.${id}`,
    cgroup: `uplift-lab-${id}`,
  };
}

export function netnsName(id: string, host: string): string {
  return `uplift${id}-${host}`;
}

/** A veth's name may have 15 characters, so it holds the host's number and not its name. */
export function vethName(id: string, index: number): string {
  return `upl${id}h${index}`;
}

const numbers = 254;

/**
 * Takes a free number. The directory is the claim: `mkdir` succeeds for one process only. Every process begins at
 * another number, so that one that has just become free is not another lab's before its end was looked at.
 */
export function claimLab(isSubnetFree: (subnet: string) => boolean): LabNames {
  mkdirSync(stateRoot, { recursive: true, mode: 0o755 });
  for (let count = 0; count < numbers; count++) {
    const names = namesOf(String(((process.pid + count) % numbers) + 1));
    if (existsSync(names.stateDir) || !isSubnetFree(names.subnet)) continue;
    try {
      mkdirSync(names.stateDir, { mode: 0o755 });
    } catch {
      continue; // Another process was quicker.
    }
    setOwner(names.stateDir, process.pid);
    return names;
  }
  throw new Error(`all lab numbers from 1 to ${numbers} are taken; run npm run lab:down`);
}

/** Writes who answers for a lab. With pid undefined nobody does: it stays until `down`. */
export function setOwner(stateDir: string, pid: number | undefined): void {
  const owner = pid === undefined ? { detached: true } : describeProcess(pid, "owner");
  const file = join(stateDir, "owner.json");
  writeFileSync(`${file}.new`, JSON.stringify(owner));
  renameSync(`${file}.new`, file);
}

export function listLabs(): LabNames[] {
  if (!existsSync(stateRoot)) return [];
  return readdirSync(stateRoot)
    .filter((name) => /^\d+$/.test(name))
    .map(namesOf);
}

/** True when the lab's creator is alive, when it was left running on purpose, or when it is just being made. */
export function isOwned(names: LabNames): boolean {
  try {
    const owner = JSON.parse(readFileSync(join(names.stateDir, "owner.json"), "utf8")) as
      | ProcessRecord
      | { detached: true };
    return "detached" in owner || isAlive(owner);
  } catch {
    try {
      return Date.now() - statSync(names.stateDir).ctimeMs < 10_000;
    } catch {
      return false;
    }
  }
}
