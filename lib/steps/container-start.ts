import { dockerLogsTail, dockerRun, dockerStart, planLabel } from "#lib/commands/docker.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts } from "#lib/domain/facts.ts";
import { insist, insistJob, inspectContainer, lastLines } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";

/** `docker run` for the new container; its label says which plan it belongs to. */
export const containerStart: StepHandler<"container.start"> = {
  kind: "container.start",
  repeatable: false,

  async probe(context) {
    const { nodeId, container } = context.params;
    const job = await probeJob(context, nodeId);
    if (job?.state === "attach") return job;
    const present = await inspectContainer(context, nodeId, container.name);
    if (!present) return { state: "absent" };
    refuseForeign(context, present);
    return present.running
      ? { state: "done", output: { containerId: present.id } }
      : { state: "absent" };
  },

  cancel: (context) => context.cancelJob(context.params.nodeId),

  async run(context) {
    const { nodeId, container } = context.params;
    const host = context.hostName(nodeId);
    const present = await inspectContainer(context, nodeId, container.name);
    if (present) {
      refuseForeign(context, present);
      // Docker died between creating and starting it: the container is ours, so it is started.
      if (!present.running) {
        await insist(context, nodeId, dockerStart(container.name), {
          what: "The new container could not be started",
          remedy: `Look at docker logs ${container.name} on ${host}.`,
        });
      }
    } else {
      await insistJob(context, nodeId, dockerRun(container), {
        what: "The new container could not be started",
        remedy: `Look at Docker on ${host}; retry, or roll back: nothing but this container is new.`,
      });
    }
    const started = await inspectContainer(context, nodeId, container.name);
    if (!started?.running) {
      const logs = await context.exec(nodeId, dockerLogsTail(container.name));
      throw new UpliftError(
        "container.exited",
        `${container.name} on ${host} ended right after its start: ${lastLines(logs.stdout + logs.stderr)}`,
        { host, remedy: "Mend what its log names, then retry, or roll back." },
      );
    }
    return { containerId: started.id };
  },
};

function refuseForeign(context: StepContext<"container.start">, present: ContainerFacts): void {
  const host = context.hostName(context.params.nodeId);
  if (present.labels[planLabel] === context.plan.id) return;
  throw new UpliftError(
    "container.name_taken",
    `A container named ${present.name} exists on ${host}, and it is not of this upgrade.`,
    { host, remedy: `Rename it (docker rename ${present.name} ...), then retry.` },
  );
}
