import { supervisorctl } from "#lib/commands/docker.ts";
import { readServices } from "#lib/oms/services.ts";
import { insist } from "./answers.ts";
import { repeatable } from "./context.ts";

/** Starts the console where the initialisation did not run (documented for 4.x). */
export const servicesStart = repeatable("services.start", async (context) => {
  const { nodeId, containerName } = context.params;
  // supervisorctl status ends with 3 when something does not run: its text counts, not its code.
  const status = await context.exec(nodeId, supervisorctl(containerName, "status"));
  const console = readServices(status.stdout).find(({ name }) => name === "oms_console");
  if (console?.state === "RUNNING") return { started: false };
  await insist(context, nodeId, supervisorctl(containerName, "start", "oms_console"), {
    code: "services.not_running",
    what: "The console could not be started",
    remedy: "Look at supervisorctl status and the console's log in the container, then retry.",
    timeoutMs: context.step.timeoutMs,
  });
  return { started: true };
});
