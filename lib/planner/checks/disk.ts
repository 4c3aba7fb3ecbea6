import type { Check, DeploymentFacts, NodeFacts } from "#lib/domain/facts.ts";
import { backupNeed } from "../forward/prepare.ts";
import { listed } from "../words.ts";
import { check, mebibytes } from "./check.ts";

/** `docker exec` needs a few kilobytes in /tmp; with less than this they may be gone when it runs. */
const tmpBytes = 10 * 1024 ** 2;

/** OMS writes logs without pause; with less room than this they may fill the disk during the upgrade. */
const logBytes = 1024 ** 3;

/** Is there room for the dumps, in /tmp, and for the logs of OMS? */
export function diskChecks(
  backupDirectory: string,
  node: NodeFacts,
  facts: Pick<DeploymentFacts, "servers">,
  /** How often everything is dumped: once before each hop. */
  times: number,
): Check[] {
  return [backupCheck(backupDirectory, node, facts, times), tmpCheck(node), ...logsCheck(node)];
}

function backupCheck(
  directory: string,
  node: NodeFacts,
  facts: Pick<DeploymentFacts, "servers">,
  times: number,
): Check {
  const free = node.backupDiskFreeBytes;
  const { bytes, unknown } = backupNeed(facts);
  const need = bytes * times;
  const result =
    free === null
      ? "unknown"
      : free <= 0 || free < need
        ? "fail"
        : unknown.length > 0
          ? "warning"
          : "pass";
  const room = `Make room on the filesystem of ${directory}, or choose another directory in the settings.`;
  const told = [
    ...(free === null
      ? [`The free space of ${directory} on ${node.name} could not be read.`]
      : [
          `${mebibytes(free)} MiB free for ${directory} on ${node.name}; ${times > 1 ? `the backups before each of ${times} hops` : "the backups"} may need ${mebibytes(need)} MiB.`,
        ]),
    ...(unknown.length > 0
      ? [`The size of ${listed(unknown)} is not known, and not counted.`]
      : []),
  ];
  return check(
    `disk.${node.nodeId}`,
    node.name,
    "Disk for backups",
    result,
    told.join(" "),
    result === "warning"
      ? `Find out how large ${listed(unknown)} is, from who runs the server or by a practice backup, and see that it fits into ${directory}.`
      : room,
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

function logsCheck({ nodeId, name, survey }: NodeFacts): Check[] {
  if (!survey?.logs) return [];
  const { path, freeBytes } = survey.logs;
  return [
    check(
      `logs.${nodeId}`,
      name,
      "Disk for logs",
      freeBytes >= logBytes ? "pass" : "warning",
      `${mebibytes(freeBytes)} MiB free for the logs of OMS in ${path} on ${name}.`,
      `Make room on the filesystem of ${path}: OMS stops working when it is full.`,
    ),
  ];
}
