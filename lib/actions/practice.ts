"use server";

import type { DeploymentId, RunId } from "#lib/domain/ids.ts";
import { startPractice } from "#lib/services/practice.ts";
import { type ActionResult, act } from "./session.ts";

/** Starts a practice backup. @returns the id of its run */
export async function practiceAction(id: DeploymentId): Promise<ActionResult<RunId>> {
  return act((actor) => startPractice(actor, id, null));
}
