import type { CheckId, CheckTopic } from "#lib/domain/check-topics.ts";
import type { Check, ContainerFacts, NodeFacts } from "#lib/domain/facts.ts";
import { versionOfImage } from "#lib/oms/catalogue.ts";
import { containerPaths, environmentValue } from "#lib/oms/container.ts";
import { isManagerLabel, managerOf } from "#lib/oms/container-options.ts";
import { isMasked } from "../forward/start-and-init.ts";
import { check } from "./check.ts";

/** Does the OMS container run as registered, and can everything it was given be given to the new one? */
export function containerChecks(version: string, address: string | null, node: NodeFacts): Check[] {
  const { container, name: scope } = node;
  if (!container) return [];
  const id = (topic: CheckTopic) => `${topic}.${node.nodeId}` as const;
  const seen = versionOfImage(container.image);
  const hostIp = environmentValue(container, "OMS_HOST_IP");
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
      seen === version ? "pass" : seen === null ? "warning" : "fail",
      `${container.name} runs ${container.image}; ${version} is registered.`,
      "Correct the version of the deployment, or the container's name on this node.",
    ),
    check(
      id("host-ip"),
      scope,
      "OMS_HOST_IP",
      hostIp === address ? "pass" : "fail",
      `The container was started with ${hostIp ?? "none"}; ${address} is registered.`,
      "Correct the node's address: the new container would be started with it.",
    ),
    mountsCheck(id("mounts"), scope, container),
    carriedCheck(id("carried"), scope, container),
    ...optionChecks(container, scope, id),
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

/** Where OMS keeps what must outlive its container (docs/domain, section 1). */
const kept = [containerPaths.logs, containerPaths.store, containerPaths.run];

function mountsCheck(id: CheckId, scope: string, container: ContainerFacts): Check {
  const title = "Mounts";
  const { mounts, volumes } = container;
  const colon = mounts.find(({ source }) => source.includes(":"));
  if (colon) {
    const evidence = `The host path ${colon.source} has a colon, which docker run -v cannot express.`;
    return check(
      id,
      scope,
      title,
      "fail",
      evidence,
      "Move the directory to a path without a colon.",
    );
  }
  const volume = volumes.find(({ target }) => (kept as readonly string[]).includes(target));
  if (volume) {
    return check(
      id,
      scope,
      title,
      "fail",
      `${volume.target} is on the Docker volume ${volume.name}, which the new container would not have.`,
      `Keep ${volume.target} in a directory of the host: copy the volume there, and start the old container with that directory mounted.`,
    );
  }
  const known: readonly string[] = Object.values(containerPaths);
  const extra = mounts.filter(({ target }) => !known.includes(target));
  const inside = kept.filter((path) => !mounts.some(({ target }) => target === path));
  const shown = [
    `${mounts.length} bind mounts are carried over: ${mounts.map(({ source, target }) => `${source} at ${target}`).join(", ")}.`,
    ...(extra.length > 0
      ? [`Not among those OMS documents: ${extra.map(({ target }) => target).join(", ")}.`]
      : []),
    ...(volumes.length > 0
      ? [
          `Not carried over: ${volumes.map(({ type, target }) => `${type} at ${target}`).join(", ")}.`,
        ]
      : []),
    ...(inside.length > 0
      ? [`Not mounted, so it stays in the old container: ${inside.join(", ")}.`]
      : []),
  ];
  return check(
    id,
    scope,
    title,
    volumes.length + inside.length > 0 ? "warning" : "pass",
    shown.join(" "),
    "Make sure that nothing is needed of what is not carried over; otherwise keep it in a directory of the host that is mounted.",
  );
}

/** Environment, labels and limits that the site gave the old container: what the new one will have of them. */
function carriedCheck(id: CheckId, scope: string, container: ContainerFacts): Check {
  const masked = container.environment.filter(isMasked).map((entry) => entry.split("=")[0]);
  const environment = container.environment
    .map((entry) => entry.split("=")[0] ?? "")
    .filter((name) => name !== "OMS_HOST_IP" && name !== "IS_UPGRADE" && !masked.includes(name));
  const lost = [...masked.map((name) => `-e ${name}=... (looks like a secret)`)];
  const carried = [
    ...environment.map((name) => `-e ${name}`),
    ...Object.keys(container.labels)
      .filter((key) => !isManagerLabel(key))
      .map((key) => `--label ${key}`),
    ...container.ulimits.map((limit) => `--ulimit ${limit}`),
    ...container.options,
    ...(container.restartPolicy === "no" ? [] : [`--restart=${container.restartPolicy}`]),
  ];
  const shown = [
    carried.length > 0
      ? `Carried over: ${carried.join(", ")}.`
      : "Nothing beside what every OMS container has.",
    ...(lost.length > 0 ? [`Not carried over: ${lost.join(", ")}.`] : []),
  ];
  return check(
    id,
    scope,
    "Environment, labels, limits",
    lost.length > 0 ? "warning" : "pass",
    shown.join(" "),
    "Note what is not carried over: give it to the new container after the upgrade if it is still wanted.",
  );
}

/** What no new container could be given, and what would bring the old one back. */
function optionChecks(
  { name, refused, autoRemove, labels }: ContainerFacts,
  scope: string,
  id: (topic: CheckTopic) => CheckId,
): Check[] {
  const manager = managerOf(labels);
  return [
    check(
      id("options"),
      scope,
      "Options of the container",
      refused.length === 0 ? "pass" : "fail",
      refused.length === 0
        ? "The new container can be given every option of the old one."
        : `The new container could not be given: ${refused.join(", ")}.`,
      "Start the old container again without these options (docker run with the same mounts), or upgrade this deployment by hand.",
    ),
    check(
      id("kept"),
      scope,
      "Old container stays",
      autoRemove ? "fail" : "pass",
      autoRemove
        ? `${name} was started with --rm: Docker deletes it when it is stopped, and nothing would be left to go back to.`
        : `${name} stays on the host when it is stopped.`,
      "Start it again by the same docker run without --rm, then check again.",
    ),
    check(
      id("manager"),
      scope,
      "Started by a person",
      manager === null ? "pass" : "warning",
      manager === null
        ? `No label of ${name} names a program that starts it.`
        : `${name} was started by ${manager}, which may start the old release again.`,
      "Switch off what starts the old container there, before the upgrade; afterwards put the new image and name into its file. The labels are not carried over.",
    ),
  ];
}
