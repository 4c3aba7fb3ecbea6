"use server";

import { RunId } from "#lib/domain/ids.ts";
import { createRollbackPlan } from "#lib/services/plans.ts";
import { commandRun } from "#lib/services/runs.ts";
import { type ActionResult, act } from "./session.ts";

/** Asks the engine for something: pause, resume, retry, ... */
export async function sendCommand(runId: string, command: unknown): Promise<ActionResult<string>> {
  return act((actor) => commandRun(actor, RunId.parse(runId), command));
}

/** Plans the way back from where the run is. @returns the plan's id */
export async function planRollback(runId: string): Promise<ActionResult<string>> {
  return act(async (actor) => (await createRollbackPlan(actor, RunId.parse(runId))).id);
}
