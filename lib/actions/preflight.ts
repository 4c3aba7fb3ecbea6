"use server";

import type { DeploymentId, PreflightId } from "#lib/domain/ids.ts";
import { runPreflight } from "#lib/services/preflights.ts";
import { type ActionResult, act } from "./session.ts";

/** Looks at the whole deployment without a target. @returns the preflight's id, passed or not */
export async function preflightAction(id: DeploymentId): Promise<ActionResult<PreflightId>> {
  return act(async (actor) => (await runPreflight(actor, id, null)).id);
}
