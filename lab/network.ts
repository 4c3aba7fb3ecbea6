import { networkInterfaces } from "node:os";
import { run, tryRun } from "./shell.ts";
import { type LabNames, netnsName, vethName } from "./state.ts";

/** True when no interface of this machine has an address in the subnet (e.g. "10.77.12"). */
export function isSubnetFree(subnet: string): boolean {
  return !Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some(({ address }) => address.startsWith(`${subnet}.`));
}

/** Runs several `ip` commands in one process; they are many and each process costs a fork. */
function ipBatch(lines: readonly string[]): Promise<string> {
  return run(["ip", "-batch", "-"], { input: `${lines.join("\n")}\n` });
}

export async function createBridge(names: LabNames): Promise<void> {
  await ipBatch([
    `link add ${names.bridge} type bridge`,
    `addr add ${names.subnet}.1/24 dev ${names.bridge}`,
    `link set ${names.bridge} up`,
  ]);
}

/** A network namespace with one address, plugged into the lab's bridge. */
export async function createHostNetwork(
  names: LabNames,
  host: { name: string; address: string; index: number },
  { wayOut = true } = {},
): Promise<void> {
  const netns = netnsName(names.id, host.name);
  const veth = vethName(names.id, host.index);
  await ipBatch([
    `netns add ${netns}`,
    `link add ${veth} type veth peer name eth0 netns ${netns}`,
    `link set ${veth} master ${names.bridge} up`,
  ]);
  await run(["ip", "-n", netns, "-batch", "-"], {
    input: [
      "link set lo up",
      `addr add ${host.address}/24 dev eth0`,
      "link set eth0 up",
      ...(wayOut ? [`route add default via ${names.subnet}.1`] : []),
      "",
    ].join("\n"),
  });
}

/** Lets a host's port be reached from one address only; to all others it is as if nothing were there. */
export async function admitOnly(netns: string, from: string, port: number): Promise<void> {
  const rule = ["-p", "tcp", "--dport", String(port), "!", "-s", from, "-j", "DROP"];
  await run(["ip", "netns", "exec", netns, "iptables", "-w", "-A", "INPUT", ...rule]);
}

/** Pulls or plugs in the cable at the bridge's end, so the host itself keeps its address. */
export async function setLink(veth: string, state: "up" | "down"): Promise<void> {
  await run(["ip", "link", "set", veth, state]);
}

/**
 * Slows what a host sends. A rate works everywhere; a delay needs the kernel's netem module.
 * @throws CommandFailed when the kernel has no netem and a delay is asked for.
 */
export async function slowLink(
  netns: string,
  link: { kilobitsPerSecond?: number; delayMs?: number },
): Promise<void> {
  await restoreLinkSpeed(netns);
  const qdisc =
    link.delayMs === undefined
      ? ["tbf", "rate", `${link.kilobitsPerSecond ?? 1000}kbit`, "burst", "16kb", "latency", "2s"]
      : [
          "netem",
          "delay",
          `${link.delayMs}ms`,
          ...(link.kilobitsPerSecond ? ["rate", `${link.kilobitsPerSecond}kbit`] : []),
        ];
  await run(["ip", "netns", "exec", netns, "tc", "qdisc", "add", "dev", "eth0", "root", ...qdisc]);
}

export async function restoreLinkSpeed(netns: string): Promise<void> {
  await tryRun(["ip", "netns", "exec", netns, "tc", "qdisc", "del", "dev", "eth0", "root"]);
}
