import {
  dockerEndInit,
  dockerInit,
  dockerInitRuns,
  dockerInitUnlessRunning,
  dockerLogsTail,
} from "#lib/commands/docker.ts";
import { jobExec } from "#lib/commands/job-exec.ts";
import { underWayReport } from "#lib/commands/script-runs.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { initCompleted, initProgress, initSteps } from "#lib/oms/init-output.ts";
import { commandFailed, inspectContainer, lastLines } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";
import { requireGoneOn, serversOf } from "./left-out-nodes.ts";
import { requireProvenBackups } from "./proven-backups.ts";

/** `docker_init.sh`: changes the schema, must not be interrupted, is never repeated blindly. */
export const metadataInit: StepHandler<"metadata.init"> = {
  kind: "metadata.init",
  repeatable: false,

  async probe(context) {
    const { nodeId, containerName } = context.params;
    const host = context.hostName(nodeId);
    const job = await probeJob(context, nodeId);
    if (job) return job;
    // The command on the host is gone; what it had begun in the container need not be.
    const look = await context.look(nodeId, dockerInitRuns(containerName));
    if (look.code === 0) {
      return {
        state: "unknown",
        why: `docker_init.sh still runs in ${containerName} on ${host}, but the command that waited for it is gone: how it ends will not be told.`,
        remedy: `Wait until it has ended (docker top ${containerName}); then look at OMS: "mark done" goes on, retry runs it again, or roll back.`,
      };
    }
    // OMS keeps no mark by which a finished initialisation could be told from one that was cut off.
    return {
      state: "unknown",
      why: `The initialisation on ${host} was interrupted (the host or Docker went down) and left no exit code.`,
      remedy: `Look at the log and at OMS on ${host} (docker exec ${containerName} supervisorctl status): retry runs it again, "mark done" goes on, or roll back.`,
    };
  },

  async cancel(context) {
    const { nodeId } = context.params;
    const { state } = await context.jobState(nodeId);
    // Within the container first: the command on the host then ends by itself and says how.
    const ended = state === "running" && (await endWithin(context));
    await context.cancelJob(nodeId);
    // What was about to begin when the first look was made.
    const endedLate = await endWithin(context);
    if (state !== "running" || ended || endedLate) return;
    const host = context.hostName(nodeId);
    throw new UpliftError(
      "command.failed",
      `docker_init.sh was not found among the processes of ${context.params.containerName} on ${host}, so it is not known whether it still runs.`,
      { host, remedy: `Look at the processes (docker top ${context.params.containerName}).` },
    );
  },

  async run(context) {
    const { nodeId, containerName } = context.params;
    const host = context.hostName(nodeId);
    const command = dockerInit(containerName);
    requireProvenBackups(context);
    await insistAlone(context);
    await requireGoneOn(context, serversOf(context.plan));
    let shown = 0;
    const result = await context.job({
      nodeId,
      shown: command,
      ...jobExec(dockerInitUnlessRunning(containerName)),
      secrets: [],
      onStdout: (stdout) => {
        const progress = initProgress(stdout);
        if (!progress || progress.step === shown) return;
        shown = progress.step;
        void context.progress(progress.text, progress.step, Math.max(initSteps, progress.step));
      },
    });
    if (underWayReport.test(result.stdout)) {
      throw underWay(
        host,
        containerName,
        'Then look at OMS: "mark done" goes on, retry runs it again, or roll back.',
      );
    }
    if (result.exitCode !== 0) {
      await insistRunning(context);
      throw commandFailed(
        host,
        command,
        { ...result, code: result.exitCode },
        {
          code: "init.failed",
          what: "The initialisation of the metadata failed",
          remedy:
            "Mend the cause and retry (it can be run again), or roll back: every database has a proven backup.",
        },
      );
    }
    if (!initCompleted(result.stdout)) {
      throw new UpliftError(
        "init.failed",
        `docker_init.sh on ${host} ended with exit code 0, but did not say that it completed: ${lastLines(result.stdout)}`,
        { host, remedy: "Read its log; retry runs it again, or roll back." },
      );
    }
    return { seconds: Math.round((result.endedAt - result.startedAt) / 1000) };
  },
};

/**
 * Ends docker_init.sh in the container with all that it has started there.
 *
 * @returns false when it was not found, which is only certain of a container that does not run
 * @throws UpliftError command.failed when something remains
 */
async function endWithin(context: StepContext<"metadata.init">): Promise<boolean> {
  const { nodeId, containerName } = context.params;
  const container = await inspectContainer(context, nodeId, containerName);
  if (!container?.running) return true;
  const host = context.hostName(nodeId);
  const { command, shown } = dockerEndInit(containerName);
  const result = await context.exec(nodeId, command, { shown });
  if (result.code !== 0) {
    throw commandFailed(host, shown, result, {
      what: "The initialisation could not be ended",
      remedy: `Look at the processes of ${containerName} on ${host} (docker top ${containerName}).`,
    });
  }
  const said = result.stdout.trim();
  if (said === "ended" || said === "none") return said === "ended";
  throw new UpliftError(
    "command.failed",
    `Of docker_init.sh in ${containerName} on ${host} processes are left after KILL: ${said}.`,
    { host, remedy: "Look on the host what they wait for (ps, state D)." },
  );
}

/**
 * Regions share rm and cm. Where a person, not an exit code, said that an initialisation is over, its
 * container is asked. A host that gives no answer leaves it at that person's word.
 *
 * @throws UpliftError init.under_way
 */
async function insistAlone(context: StepContext<"metadata.init">): Promise<void> {
  const { steps, leftOut } = context.state();
  for (const step of context.plan.steps) {
    const reason = steps[step.id]?.reason;
    if (step.kind !== "metadata.init" || step.id === context.step.id || !reason) continue;
    const { nodeId, containerName } = step.params;
    // A node that was left out is looked for by its sessions.
    if (nodeId in leftOut) continue;
    const host = context.hostName(nodeId);
    const look = await context.look(nodeId, dockerInitRuns(containerName)).catch(() => null);
    if (look?.code === 0) throw underWay(host, containerName, "Then retry.");
    if (look) continue;
    context.note(
      `${host} gives no answer; that no docker_init.sh runs there is ${reason.by.name}'s word.`,
    );
  }
}

function underWay(host: string, containerName: string, next: string): UpliftError {
  return new UpliftError(
    "init.under_way",
    `docker_init.sh runs in ${containerName} on ${host} already; a second one beside it would damage the databases, so none was started.`,
    {
      host,
      remedy: `Wait until it has ended (docker top ${containerName}). ${next}`,
      retryable: true,
    },
  );
}

/** A container that ended is the cause to be told, not what `docker exec` makes of it. @throws UpliftError */
async function insistRunning(context: StepContext<"metadata.init">): Promise<void> {
  const { nodeId, containerName } = context.params;
  const host = context.hostName(nodeId);
  const container = await inspectContainer(context, nodeId, containerName);
  if (container?.running) return;
  const logs = container && (await context.exec(nodeId, dockerLogsTail(containerName)));
  throw new UpliftError(
    "container.exited",
    `${containerName} on ${host} does not run, so docker_init.sh could not do its work: ${
      logs
        ? lastLines(logs.stdout + logs.stderr) || "its log is empty"
        : "there is no such container"
    }`,
    {
      host,
      remedy: `Mend what its log names (docker logs ${containerName}), start it (docker start ${containerName}), then retry; or roll back.`,
    },
  );
}
