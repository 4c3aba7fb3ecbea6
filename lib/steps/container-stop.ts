import { dockerStop, planLabel } from "#lib/commands/docker.ts";
import { timedJobExec, timeReport } from "#lib/commands/job-exec.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { inspectContainer, jobFailed, takeRestartPolicy } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";

/** `docker stop`, with the moment before it as T1 (or T3). */
export const containerStop: StepHandler<"container.stop"> = {
  kind: "container.stop",
  repeatable: false,

  async probe(context) {
    const { nodeId } = context.params;
    // Stopping twice does no harm, so a lost job is simply run again.
    return (await probeJob(context, nodeId)) ?? { state: "absent" };
  },

  cancel: (context) => context.cancelJob(context.params.nodeId),

  async run(context) {
    const { nodeId, containerName, graceSeconds, ownedBy, createdBy } = context.params;
    const host = context.hostName(nodeId);
    // A `docker run` that still waits for Docker would make the container after it was looked for.
    if (createdBy !== null) await context.endJobsOf(createdBy, nodeId);
    const command = dockerStop(containerName, graceSeconds);
    const before = await inspectContainer(context, nodeId, containerName);
    if (before === null) {
      context.note(`There is no container ${containerName} on ${host}: nothing to stop.`);
      return { containerId: null, stoppedBefore: true };
    }
    if (ownedBy !== null && before.labels[planLabel] !== ownedBy) {
      context.note(`${containerName} is not a container of this upgrade and is left alone.`);
      return { containerId: null, stoppedBefore: true };
    }
    await takeRestartPolicy(context, nodeId, before);
    let marking: Promise<void> | null = null;
    const result = await context.job({
      nodeId,
      shown: command,
      ...timedJobExec(command),
      secrets: [],
      onStdout: (stdout) => {
        marking ??= markTime(context, stdout);
      },
    });
    marking ??= markTime(context, result.stdout);
    await marking;
    if (result.exitCode !== 0) {
      throw jobFailed(host, command, result, {
        what: "The container could not be stopped",
        remedy: `Look at Docker on ${host}, then retry: stopping twice does no harm.`,
      });
    }
    const after = await inspectContainer(context, nodeId, containerName);
    if (after?.running) {
      throw new UpliftError(
        "container.not_running",
        `${containerName} on ${host} runs again after docker stop.`,
        {
          host,
          remedy:
            "Something restarts it (a restart policy, a watchdog): switch that off, then retry.",
        },
      );
    }
    return { containerId: after?.id ?? before.id, stoppedBefore: !before.running };
  },
};

function markTime(context: StepContext<"container.stop">, stdout: string): Promise<void> | null {
  const time = timeReport.exec(stdout)?.[1];
  const { mark, nodeId } = context.params;
  if (time === undefined || mark === null) return null;
  return context.mark(mark, nodeId, Number(time));
}
