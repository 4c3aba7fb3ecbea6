import { setTimeout as wait } from "node:timers/promises";
import { supervisorctl } from "#lib/commands/docker.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { readServices, servicesNotRunning } from "#lib/oms/services.ts";
import { giveRestartPolicy, inspectContainer, lastLines } from "./answers.ts";
import { healthTrouble } from "./console-health.ts";
import { repeatable, type StepContext } from "./context.ts";

/** Between two looks, milliseconds: short at first, because a healthy node is usually close. */
const firstPauseMs = 150;
const longestPauseMs = 2_000;

/** Waits until a node says that it is healthy and all its services run; no fixed sleep. */
export const nodeHealth = repeatable("node.health", async (context) => {
  const { nodeId, containerName } = context.params;
  const host = context.hostName(nodeId);
  const deadline = context.now() + context.step.timeoutMs - 5_000;
  let pause = firstPauseMs;
  let last = "";
  for (;;) {
    const trouble = await within(deadline - context.now(), troubleOf(context), last);
    if (trouble === null) {
      const { restartPolicy } = context.params;
      // OMS is still out of service for its users: nobody is asked what nobody needs.
      const present =
        restartPolicy === "no" ? null : await inspectContainer(context, nodeId, containerName);
      if (present) await giveRestartPolicy(context, nodeId, present, restartPolicy);
      context.note(`${host} is healthy and all services run.`);
      return { healthy: true };
    }
    if (trouble !== last) await context.progress(`Not yet: ${trouble}`);
    last = trouble;
    const container = await inspectContainer(context, nodeId, containerName);
    if (!container?.running) {
      throw new UpliftError(
        "container.exited",
        `${containerName} on ${host} does not run any more.`,
        {
          host,
          remedy: `Look at docker logs ${containerName} on ${host}; retry after a restart, or roll back.`,
        },
      );
    }
    if (context.now() + pause > deadline) {
      throw new UpliftError(
        "health.never_healthy",
        `${host} did not become healthy in time: ${trouble}`,
        {
          host,
          remedy: `Look at the logs of OMS on ${host}; retry to wait longer, or roll back.`,
          retryable: true,
        },
      );
    }
    await wait(pause, undefined, { signal: context.signal });
    pause = Math.min(longestPauseMs, pause * 1.4);
  }
});

/** A look that hangs must not outlast the step, whose own words say more than a deadline's. */
async function within(
  ms: number,
  look: Promise<string | null>,
  last: string,
): Promise<string | null> {
  using stack = new DisposableStack();
  const late = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(last || "it gives no answer"), Math.max(0, ms));
    stack.defer(() => clearTimeout(timer));
  });
  return Promise.race([look, late]);
}

/** What keeps the node from being healthy, or null. */
async function troubleOf(context: StepContext<"node.health">): Promise<string | null> {
  const { nodeId, containerName } = context.params;
  const trouble = await healthTrouble(context, context.params);
  if (trouble !== null) return trouble;
  const status = await context.look(nodeId, supervisorctl(containerName, "status"));
  const services = readServices(status.stdout);
  if (services.length === 0) return `supervisorctl says: ${lastLines(status.stderr, 1)}`;
  const down = servicesNotRunning(services);
  return down.length === 0 ? null : `not running: ${down.join(", ")}`;
}
