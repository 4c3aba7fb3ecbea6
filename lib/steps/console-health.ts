import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import type { StepKind } from "#lib/domain/step.ts";
import { readHealth } from "#lib/oms/health.ts";
import type { StepContext } from "./context.ts";

export interface ConsolePlace {
  nodeId: Parameters<StepContext<StepKind>["httpGet"]>[0];
  address: string;
  port: number;
  https: boolean;
}

/** How a port answers while its service starts. A host that forbids forwarding never will: that is told. */
const notUpYet: ReadonlySet<ErrorCode> = new Set(["ssh.target_unreachable", "http.no_answer"]);

/** What /oms/health says against a node, or null when it is healthy. */
export async function healthTrouble(
  context: Pick<StepContext<StepKind>, "httpGet">,
  { nodeId, address, port, https }: ConsolePlace,
): Promise<string | null> {
  try {
    const answer = await context.httpGet(nodeId, { address, port, https, path: "/oms/health" });
    const healthy = readHealth(answer);
    if (healthy === null) return `/oms/health answered ${answer.status} with something unexpected`;
    return healthy ? null : "/oms/health answers not healthy";
  } catch (error) {
    if (!(error instanceof UpliftError) || !notUpYet.has(error.code)) throw error;
    return `port ${port} does not answer`;
  }
}
