import { existsSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { killRecorded, processesNaming, readRecord } from "./processes.ts";
import { run, sleep, tryRun } from "./shell.ts";
import { isOwned, type LabNames, listLabs, namesOf } from "./state.ts";

/** Removes everything a lab has or ever began to have. Works from any half-made state, and twice. */
export async function removeLab(names: LabNames): Promise<void> {
  // A process that was started but not recorded is found by its command line, which names the directory.
  const processes = [...recordsBelow(names.stateDir), ...processesNaming(names.stateDir)];
  await Promise.all(processes.map((record) => killRecorded(record)));
  await removeNetwork(names);
  await removeCgroups(names.cgroup);
  await unmountBelow(names.stateDir);
  await rm(names.stateDir, { recursive: true, force: true, maxRetries: 5 });
}

function recordsBelow(stateDir: string) {
  if (!existsSync(stateDir)) return [];
  const hosts = join(stateDir, "hosts");
  const hostDirs = existsSync(hosts) ? readdirSync(hosts).map((host) => join(hosts, host)) : [];
  const files = [
    ...hostDirs.flatMap((dir) => [join(dir, "power.json"), join(dir, "init.json")]),
    ...readdirSync(stateDir)
      .filter((name) => name.startsWith("metadb-"))
      .map((name) => join(stateDir, name, "process.json")),
  ];
  return files.map(readRecord).filter((record) => record !== undefined);
}

/** Disks that were put below the lab's directory on the machine itself. */
async function unmountBelow(stateDir: string): Promise<void> {
  const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
  const paths = mounts.map((line) => line.split(" ")[1] ?? "");
  for (const path of paths.filter((one) => one.startsWith(`${stateDir}/`)).reverse())
    await run(["umount", "-l", path]);
}

async function removeNetwork(names: LabNames): Promise<void> {
  const netnsDir = "/run/netns";
  if (existsSync(netnsDir))
    for (const netns of readdirSync(netnsDir))
      if (netns.startsWith(`${names.bridge}-`)) await tryRun(["ip", "netns", "del", netns]);
  const vethPattern = new RegExp(`^upl${names.id}h\\d+$`);
  const interfaces = await tryRun(["ip", "-json", "link", "show"]);
  const links = JSON.parse(interfaces.stdout || "[]") as { ifname: string }[];
  for (const { ifname } of links)
    if (ifname === names.bridge || vethPattern.test(ifname))
      await tryRun(["ip", "link", "del", ifname]);
}

/** Docker Engines leave their cgroups behind when they are killed; a cgroup goes when its last process has. */
async function removeCgroups(name: string): Promise<void> {
  const root = "/sys/fs/cgroup";
  if (!existsSync(root)) return;
  const trees = [root, ...readdirSync(root).map((controller) => join(root, controller))]
    .map((dir) => join(dir, name))
    .filter((dir) => existsSync(dir));
  for (const tree of trees) {
    for (let attempt = 0; !tryRemoveTree(tree); attempt++) {
      if (attempt > 100) throw new Error(`cgroup ${tree} is still in use`);
      await sleep(20);
    }
  }
}

function tryRemoveTree(dir: string): boolean {
  try {
    for (const entry of readdirSync(dir, { withFileTypes: true }))
      if (entry.isDirectory() && !tryRemoveTree(join(dir, entry.name))) return false;
    rmdirSync(dir);
    return true;
  } catch {
    return !existsSync(dir);
  }
}

/** Removes the labs whose creator died. Labs of living owners, and detached ones, are left alone. */
export async function removeOrphans(): Promise<string[]> {
  const orphans = listLabs().filter((names) => !isOwned(names));
  for (const names of orphans) await removeLab(names);
  return orphans.map(({ id }) => id);
}

/** Removes every lab there is, running or not, and networks whose state directory was lost. */
export async function downAll(): Promise<string[]> {
  const numbers = new Set(listLabs().map(({ id }) => id));
  for (const name of Object.keys(networkInterfaces())) {
    const id = /^uplift(\d+)$/.exec(name)?.[1];
    if (id) numbers.add(id);
  }
  for (const id of numbers) await removeLab(namesOf(id));
  return [...numbers];
}
