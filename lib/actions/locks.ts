"use server";

import { DeploymentId } from "#lib/domain/ids.ts";
import { breakLocks } from "#lib/services/locks.ts";
import type { BreakResult } from "#lib/services/views.ts";
import { type ActionResult, act } from "./session.ts";

/** Breaks locks that were seen. */
export async function breakSeenLocks(
  deploymentId: string,
  wish: unknown,
): Promise<ActionResult<BreakResult[]>> {
  return act((actor) => breakLocks(actor, DeploymentId.parse(deploymentId), wish));
}
