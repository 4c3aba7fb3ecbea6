import { type CompressionWish, type Compressor, compressionFor } from "#lib/domain/compression.ts";
import type { Check, DeploymentFacts, NodeFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { hopTargets, type UpgradeTarget } from "#lib/domain/plan.ts";
import { allNodes } from "#lib/domain/regions.ts";
import { certificateCheck } from "./certificate.ts";
import { check } from "./check.ts";
import { containerChecks } from "./container.ts";
import { diskChecks } from "./disk.ts";
import { lockCheck } from "./lock.ts";
import { portChecks } from "./ports.ts";

/** Clocks further apart than this make T1 and T2 hard to read, in milliseconds. */
const skewWarningMs = 5_000;

/** A Docker Engine that takes longer than this to name its version is in trouble, milliseconds. */
const slowDockerMs = 5_000;

/** Is the node as an upgrade needs it: access, Docker, the OMS container, the new name, disk, tools? */
export function nodeChecks(
  inventory: Inventory,
  node: NodeFacts,
  facts: Pick<DeploymentFacts, "servers" | "seenAt">,
  target: UpgradeTarget | null,
): Check[] {
  const checks = [
    ...node.errors.map((error, index) =>
      check(
        `look.${node.nodeId}.${index}`,
        node.name,
        "Look at the node",
        "fail",
        error.message,
        error.remedy,
      ),
    ),
    ...accessChecks(node),
  ];
  if (node.dockerVersion === null) return checks;
  const hops = target ? hopTargets(target) : [];
  const registered = allNodes(inventory).find((one) => one.node.id === node.nodeId)?.node;
  return [
    ...checks,
    ...engineChecks(node, node.dockerVersion),
    lockCheck(node),
    ...containerChecks(inventory.version, registered?.address ?? null, node),
    ...portChecks(node),
    ...hops.map(({ containerName }, index) => nameCheck(node, containerName, index, hops.length)),
    ...diskChecks(inventory.settings.backupDirectory, node, facts, Math.max(1, hops.length)),
    ...certificateCheck(node, facts.seenAt),
    ...toolCheck(node, inventory.settings.compression),
  ];
}

/** Was the pinned key presented, and does the SSH user become root? */
function accessChecks({ nodeId, name, survey }: NodeFacts): Check[] {
  if (!survey) return [];
  const { user, root } = survey.account;
  const words: Record<typeof root, string> = {
    direct: "Signed in as root.",
    sudo: `${user} becomes root with sudo -n, without a password.`,
    "sudo-password": `${user} becomes root with the stored sudo password.`,
  };
  return [
    check(
      `ssh.${nodeId}`,
      name,
      "SSH and pinned key",
      "pass",
      `${name} let ${user} in and presented the pinned key ${survey.hostKey}.`,
    ),
    check(`sudo.${nodeId}`, name, "Root", "pass", words[root]),
  ];
}

function engineChecks({ nodeId, name, skewMs, survey }: NodeFacts, version: string): Check[] {
  const slow = (survey?.dockerMs ?? 0) > slowDockerMs;
  return [
    check(
      `docker.${nodeId}`,
      name,
      "Docker answers",
      slow ? "warning" : "pass",
      survey ? `Docker ${version}, answered after ${survey.dockerMs} ms.` : `Docker ${version}`,
      "Find out what keeps the Docker Engine busy: stops and starts would take as long, and the outage with them.",
    ),
    check(
      `clock.${nodeId}`,
      name,
      "Clock",
      skewMs === null ? "unknown" : Math.abs(skewMs) > skewWarningMs ? "warning" : "pass",
      skewMs === null ? "The clock could not be read." : `${describeSkew(skewMs)}.`,
      "Set the clock of the host (NTP): times are shown with the skew until then.",
    ),
  ];
}

function nameCheck(
  { nodeId, name, containerNames }: NodeFacts,
  wanted: string,
  index: number,
  of: number,
): Check {
  const taken = containerNames.includes(wanted);
  return check(
    index === of - 1 ? `name.${nodeId}` : `name.${nodeId}.${index + 1}`,
    name,
    "New container's name",
    taken ? "fail" : "pass",
    taken ? `A container named ${wanted} exists already.` : `${wanted} is free.`,
    `Choose another name, or rename the old one (docker rename ${wanted} ...).`,
  );
}

function toolCheck({ nodeId, name, dumpTool }: NodeFacts, wish: CompressionWish): Check[] {
  if (!dumpTool) return [];
  return [compressionCheck(nodeId, name, dumpTool.compressors, wish)];
}

/** How dumps are stored there; without the tool that the settings name none can be made. */
function compressionCheck(
  nodeId: NodeFacts["nodeId"],
  name: string,
  compressors: readonly Compressor[],
  wish: CompressionWish,
): Check {
  const chosen = compressionFor(wish, compressors);
  const has = compressors.length > 0 ? compressors.join(" and ") : "neither zstd nor gzip";
  const how = chosen === "none" ? "are not compressed" : `are compressed with ${chosen}`;
  return check(
    `compression.${nodeId}`,
    name,
    "Compression of dumps",
    chosen ? "pass" : "fail",
    chosen
      ? `Dumps ${how}; ${name} has ${has}.`
      : `The settings ask for ${wish}; ${name} has ${has}.`,
    `Install ${wish} on ${name}, or choose another compression in the settings.`,
  );
}

function describeSkew(skewMs: number): string {
  const seconds = Math.abs(skewMs) / 1000;
  return seconds < 0.05
    ? "In step with this dashboard"
    : `${seconds.toFixed(1)} s ${skewMs > 0 ? "ahead of" : "behind"} this dashboard`;
}
