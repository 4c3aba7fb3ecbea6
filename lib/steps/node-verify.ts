import { setTimeout as wait } from "node:timers/promises";
import { dockerImageId } from "#lib/commands/docker.ts";
import { looks, parseBytes } from "#lib/commands/looks.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { commandFailed, inspectContainer } from "./answers.ts";
import { healthTrouble } from "./console-health.ts";
import { repeatable, type StepContext } from "./context.ts";

/** Looks once more at a node, just before anything is touched: is it as it was planned for? */
export const nodeVerify = repeatable("node.verify", async (context) => {
  const { params } = context;
  const { nodeId } = params;
  const host = context.hostName(nodeId);
  const clock = await context.clock(nodeId);

  const container = await inspectContainer(context, nodeId, params.containerName);
  if (!container) {
    throw new UpliftError(
      "container.missing",
      `There is no container ${params.containerName} on ${host}.`,
      { host, remedy: "Check the container's name on this node and make a new plan." },
    );
  }
  if (params.containerId !== null && container.id !== params.containerId) {
    throw new UpliftError(
      "container.changed",
      `${params.containerName} on ${host} is another container than the one that was planned for.`,
      { host, remedy: "Make a new plan: mounts and image may have changed." },
    );
  }
  if (params.mustRun && !container.running) {
    throw new UpliftError(
      "container.not_running",
      `${params.containerName} on ${host} is stopped.`,
      {
        host,
        remedy: `Start it (docker start ${params.containerName}), wait until it is healthy, then retry.`,
      },
    );
  }
  const { freeName, onTheWay } = params;
  for (const name of [...(freeName === null ? [] : [freeName]), ...onTheWay.freeNames]) {
    if (!(await inspectContainer(context, nodeId, name))) continue;
    throw new UpliftError(
      "container.name_taken",
      `A container named ${name} exists on ${host} already.`,
      { host, remedy: `Rename or remove it, or make a plan with another name.` },
    );
  }
  if (params.configPath !== null && params.configSha256 !== null) {
    const command = looks.sha256(params.configPath);
    const result = await context.exec(nodeId, command);
    if (result.code !== 0) {
      throw commandFailed(host, command, result, {
        code: "config.unreadable",
        what: "config.yaml could not be read",
        remedy: `Look at ${params.configPath} on ${host}.`,
      });
    }
    if (!result.stdout.startsWith(params.configSha256)) {
      throw new UpliftError(
        "config.changed",
        `${params.configPath} on ${host} has changed since the plan was made.`,
        {
          host,
          remedy: "Make a new plan so that the change is taken into account.",
        },
      );
    }
  }
  for (const image of [...(params.image === null ? [] : [params.image]), ...onTheWay.images]) {
    const command = dockerImageId(image.reference);
    const result = await context.exec(nodeId, command);
    if (result.code !== 0) {
      throw commandFailed(host, command, result, {
        code: "image.missing",
        what: `The image ${image.reference} is missing`,
        remedy: `Load it on ${host} (docker load -i FILE).`,
      });
    }
    if (result.stdout.trim() !== image.id) {
      throw new UpliftError(
        "image.differs",
        `${image.reference} on ${host} is another image than the one that was planned with.`,
        {
          host,
          remedy: "Load the right archive on every node, or make a new plan.",
        },
      );
    }
  }
  const free = parseBytes(
    (await context.exec(nodeId, looks.freeBytes(params.backupDirectory))).stdout,
  );
  if (params.needBytes > 0 && free !== null && free < params.needBytes) {
    throw new UpliftError(
      "dump.disk_full",
      `${params.backupDirectory} on ${host} has ${mebibytes(free)} MiB free; the backups may need ${mebibytes(params.needBytes)} MiB.`,
      { host, remedy: "Make room there, or choose another backup directory in the settings." },
    );
  }
  await requireHealthy(context);
  return { skewMs: Math.round(clock.skewMs), freeBytes: free };
});

/** Between looks at a node that has turned, and how many before it is believed, milliseconds. */
const pauseMs = 1_000;
const looksBeforeBelieved = 4;

/** A node that has turned since the plan was made stops the run while nothing has been touched. */
async function requireHealthy(context: StepContext<"node.verify">): Promise<void> {
  const { nodeId, containerName, healthAt } = context.params;
  if (healthAt === null) return;
  const host = context.hostName(nodeId);
  for (let look = 1; ; look++) {
    const trouble = await healthTrouble(context, { nodeId, ...healthAt });
    if (trouble === null) return;
    if (look === looksBeforeBelieved) {
      throw new UpliftError(
        "health.turned",
        `${host} was healthy when the plan was made and is not now: ${trouble}.`,
        {
          host,
          remedy: `No container was stopped. Look at docker exec ${containerName} supervisorctl status and the logs of OMS on ${host}; retry when it is healthy again.`,
          retryable: true,
        },
      );
    }
    await wait(pauseMs, undefined, { signal: context.signal });
  }
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
