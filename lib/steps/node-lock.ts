import { repeatable } from "./context.ts";

/** Takes the host's lock. Held by this run already is as good: the step may run again. */
export const nodeLock = repeatable("node.lock", async (context) => {
  const { nodeId } = context.params;
  await context.lock(nodeId);
  context.note(`${context.hostName(nodeId)} is held by this run.`);
  return {};
});
