import { dockerRename, dockerStop, planLabel } from "#lib/commands/docker.ts";
import { insist, inspectContainer } from "./answers.ts";
import { repeatable } from "./context.ts";

/** Deadline of stopping one that came late, milliseconds; Docker itself kills it after a minute. */
const stopWithinMs = 90_000;

/**
 * Renames the stopped new container: its logs stay, and its name is free for another try. What Docker had
 * been asked for before the step in front of this one, and did later, is stopped here.
 */
export const containerRetire = repeatable("container.retire", async (context) => {
  const { nodeId, containerName, newName, ownedBy } = context.params;
  const host = context.hostName(nodeId);
  const present = await inspectContainer(context, nodeId, containerName);
  if (!present) {
    const renamed = await inspectContainer(context, nodeId, newName);
    context.note(renamed ? `${newName} was renamed already.` : `There is no ${containerName}.`);
    return { renamed: renamed !== null };
  }
  // The name may belong to somebody else's container when ours was never created.
  if (present.labels[planLabel] !== ownedBy) {
    context.note(`${containerName} is not a container of this upgrade and is left alone.`);
    return { renamed: false };
  }
  if (present.running) {
    await insist(context, nodeId, dockerStop(containerName, 60), {
      what: "The new container, which came late, could not be stopped",
      remedy: `Look at Docker on ${host}, then retry.`,
      timeoutMs: stopWithinMs,
    });
  }
  await insist(context, nodeId, dockerRename(containerName, newName), {
    what: "The new container could not be renamed",
    remedy: `Look at docker ps -a on ${host}, then retry.`,
  });
  return { renamed: true };
});
