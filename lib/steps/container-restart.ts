import { dockerRestart } from "#lib/commands/docker.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts } from "#lib/domain/facts.ts";
import { giveRestartPolicy, insistJob, inspectContainer } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";

/** `docker restart` of the old container, as the vendor documents the way back. */
export const containerRestart: StepHandler<"container.restart"> = {
  kind: "container.restart",
  repeatable: false,

  async probe(context) {
    const { nodeId, containerName } = context.params;
    const job = await probeJob(context, nodeId);
    if (job) return job;
    const present = await inspectContainer(context, nodeId, containerName);
    if (!present?.running) return { state: "absent" };
    // One that has run since before this step would not have noticed that its databases were replaced.
    // Restarting twice does no harm.
    const { restartPolicy } = context.params;
    if (restartPolicy !== "no" && present.restartPolicy !== restartPolicy)
      return { state: "absent" };
    return (await startedSince(context, present))
      ? { state: "done", output: { containerId: present.id } }
      : { state: "absent" };
  },

  cancel: (context) => context.cancelJob(context.params.nodeId),

  async run(context) {
    const { nodeId, containerName, restartPolicy } = context.params;
    const host = context.hostName(nodeId);
    await insistJob(context, nodeId, dockerRestart(containerName), {
      what: "The old container could not be started",
      remedy: `Look at Docker on ${host}, then retry.`,
    });
    const present = await inspectContainer(context, nodeId, containerName);
    if (present?.running) {
      await giveRestartPolicy(context, nodeId, present, restartPolicy);
      return { containerId: present.id };
    }
    throw new UpliftError(
      "container.exited",
      `${containerName} on ${host} ended right after its start.`,
      {
        host,
        remedy: `Look at docker logs ${containerName} on ${host}, then retry.`,
      },
    );
  },
};

/** Whether the container was started after this attempt began, by the host's clock. */
async function startedSince(
  context: StepContext<"container.restart">,
  { startedAt }: Pick<ContainerFacts, "startedAt">,
): Promise<boolean> {
  const begun = context.state().steps[context.step.id]?.startedAt;
  if (!begun) return false;
  const { skewMs } = await context.clock(context.params.nodeId);
  return Date.parse(startedAt) >= Date.parse(begun) + skewMs;
}
