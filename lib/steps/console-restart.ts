import { supervisorctl } from "#lib/commands/docker.ts";
import { insist } from "./answers.ts";
import { repeatable } from "./context.ts";

/** `supervisorctl restart oms_console`, so that the console reads the HA setting again. */
export const consoleRestart = repeatable("console.restart", async (context) => {
  const { nodeId, containerName } = context.params;
  await insist(context, nodeId, supervisorctl(containerName, "restart", "oms_console"), {
    code: "services.not_running",
    what: "The console could not be restarted",
    remedy: "Look at supervisorctl status in the container, then retry.",
    timeoutMs: context.step.timeoutMs,
  });
  return {};
});
