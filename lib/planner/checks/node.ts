import type { Check, DeploymentFacts, NodeFacts } from "#lib/domain/facts.ts";
import { allNodes, type Inventory } from "#lib/domain/inventory.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { versionOfImage } from "#lib/oms/catalogue.ts";
import { environmentValue } from "#lib/oms/container.ts";
import { backupBytes } from "../forward/prepare.ts";
import { check, mebibytes } from "./check.ts";
import { lockCheck } from "./lock.ts";

/** Clocks further apart than this make T1 and T2 hard to read, in milliseconds. */
const skewWarningMs = 5_000;

/** `docker exec` needs a few kilobytes in /tmp; with less than this they may be gone when it runs. */
const tmpBytes = 10 * 1024 ** 2;

/** Is the node as an upgrade needs it: Docker, the OMS container, the new name, disk, tools? */
export function nodeChecks(
  inventory: Inventory,
  node: NodeFacts,
  facts: Pick<DeploymentFacts, "servers">,
  target: UpgradeTarget,
): Check[] {
  const scope = node.name;
  const id = (name: string) => `${name}.${node.nodeId}`;
  const checks = node.errors.map((error, index) =>
    check(`${id("look")}.${index}`, scope, "Look at the node", "fail", error.message, error.remedy),
  );
  if (node.dockerVersion === null) return checks;
  checks.push(
    check(id("docker"), scope, "Docker answers", "pass", `Docker ${node.dockerVersion}`),
    check(
      id("clock"),
      scope,
      "Clock",
      node.skewMs === null ? "unknown" : Math.abs(node.skewMs) > skewWarningMs ? "warning" : "pass",
      node.skewMs === null ? "The clock could not be read." : `${describeSkew(node.skewMs)}.`,
      "Set the clock of the host (NTP): times are shown with the skew until then.",
    ),
  );
  checks.push(lockCheck(node), ...containerChecks(inventory, node));
  checks.push(
    check(
      id("name"),
      scope,
      "New container's name",
      node.containerNames.includes(target.containerName) ? "fail" : "pass",
      node.containerNames.includes(target.containerName)
        ? `A container named ${target.containerName} exists already.`
        : `${target.containerName} is free.`,
      `Choose another name, or rename the old one (docker rename ${target.containerName} ...).`,
    ),
    diskCheck(inventory, node, facts),
    tmpCheck(node),
  );
  if (node.dumpTool) {
    checks.push(check(id("dump-tool"), scope, "Dump tools", "pass", node.dumpTool.version));
  }
  return checks;
}

function containerChecks(inventory: Inventory, node: NodeFacts): Check[] {
  const { container, name: scope } = node;
  if (!container) return [];
  const registered = allNodes(inventory).find((one) => one.node.id === node.nodeId)?.node;
  const id = (name: string) => `${name}.${node.nodeId}`;
  const seen = versionOfImage(container.image);
  const hostIp = environmentValue(container, "OMS_HOST_IP");
  const colon = container.mounts.find(({ source }) => source.includes(":"));
  return [
    check(
      id("running"),
      scope,
      "OMS container runs",
      container.running ? "pass" : "fail",
      `${container.name} is ${container.running ? `running since ${container.startedAt}` : "stopped"}.`,
      `Start it (docker start ${container.name}) and wait until it is healthy, or take the node out.`,
    ),
    check(
      id("version"),
      scope,
      "Version",
      seen === inventory.version ? "pass" : seen === null ? "warning" : "fail",
      `${container.name} runs ${container.image}; ${inventory.version} is registered.`,
      "Correct the version of the deployment, or the container's name on this node.",
    ),
    check(
      id("host-ip"),
      scope,
      "OMS_HOST_IP",
      hostIp === registered?.address ? "pass" : "fail",
      `The container was started with ${hostIp ?? "none"}; ${registered?.address} is registered.`,
      "Correct the node's address: the new container would be started with it.",
    ),
    check(
      id("mounts"),
      scope,
      "Mounts",
      colon ? "fail" : "pass",
      colon
        ? `The host path ${colon.source} has a colon, which docker run -v cannot express.`
        : `${container.mounts.length} bind mounts will be carried over.`,
      "Move the directory to a path without a colon.",
    ),
    check(
      id("network"),
      scope,
      "Network mode",
      container.networkMode === "host" ? "pass" : "fail",
      `The container uses --net ${container.networkMode}.`,
      "OMS runs with --net host; a container started otherwise is not handled.",
    ),
    check(
      id("health"),
      scope,
      "Healthy now",
      node.healthy === true ? "pass" : node.healthy === false ? "fail" : "unknown",
      node.healthy === true
        ? "/oms/health answers healthy."
        : node.healthy === false
          ? "/oms/health answers, but not healthy."
          : "/oms/health gave no usable answer.",
      "Mend the node before the upgrade: look at supervisorctl status and the logs.",
    ),
  ];
}

function diskCheck(
  inventory: Inventory,
  node: NodeFacts,
  facts: Pick<DeploymentFacts, "servers">,
): Check {
  const directory = inventory.settings.backupDirectory;
  const free = node.backupDiskFreeBytes;
  const need = backupBytes(facts);
  return check(
    `disk.${node.nodeId}`,
    node.name,
    "Disk for backups",
    free === null ? "unknown" : free > 0 && free >= need ? "pass" : "fail",
    free === null
      ? `The free space of ${directory} on ${node.name} could not be read.`
      : `${mebibytes(free)} MiB free for ${directory} on ${node.name}; the backups may need ${mebibytes(need)} MiB.`,
    `Make room on the filesystem of ${directory}, or choose another directory in the settings.`,
  );
}

function tmpCheck({ nodeId, name, tmpFreeBytes: free }: NodeFacts): Check {
  return check(
    `tmp.${nodeId}`,
    name,
    "Room in /tmp",
    free === null ? "unknown" : free >= tmpBytes ? "pass" : "fail",
    free === null
      ? `The free space of /tmp on ${name} could not be read.`
      : `${mebibytes(free)} MiB free in /tmp on ${name}.`,
    `Make room in /tmp on ${name}: Docker needs it to run docker_init.sh in the new container.`,
  );
}

function describeSkew(skewMs: number): string {
  const seconds = Math.abs(skewMs) / 1000;
  return seconds < 0.05
    ? "In step with this dashboard"
    : `${seconds.toFixed(1)} s ${skewMs > 0 ? "ahead of" : "behind"} this dashboard`;
}
