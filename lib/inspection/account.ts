import { looks } from "#lib/commands/looks.ts";
import type { NodeSurvey } from "#lib/domain/facts.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { lookTimeoutMs, run } from "./run-look.ts";

/** Who is signed in, and how that user becomes root. @throws UpliftError ssh.*, sudo.refused */
export async function accountOf(host: RemoteHost): Promise<NodeSurvey["account"]> {
  const timeoutMs = lookTimeoutMs;
  const user = (await host.exec(looks.userName(), { timeoutMs, root: false })).stdout.trim();
  // Fails with sudo.refused, in words, when there is no way to become root.
  await run(host, looks.userName(), {});
  if (user === "root") return { user, root: "direct" };
  const free = await host.exec(looks.sudoWithoutPassword(), { timeoutMs, root: false });
  return { user, root: free.code === 0 ? "sudo" : "sudo-password" };
}
