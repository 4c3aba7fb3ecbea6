"use server";

import { RunId } from "#lib/domain/ids.ts";
import type { RollbackChoice } from "#lib/domain/rollback.ts";
import { createRollbackPlan, listRollbackChoices } from "#lib/services/rollback-plans.ts";
import { commandRun } from "#lib/services/runs.ts";
import { type ActionResult, act } from "./session.ts";

/** Asks the engine for something: pause, resume, retry, ... */
export async function sendCommand(runId: string, command: unknown): Promise<ActionResult<string>> {
  return act((actor) => commandRun(actor, RunId.parse(runId), command));
}

/** Plans the way back from where the run is, to the beginning of a hop. @returns the plan's id */
export async function planRollback(runId: string, hop = 1): Promise<ActionResult<string>> {
  return act(async (actor) => (await createRollbackPlan(actor, RunId.parse(runId), { hop })).id);
}

/** The releases that a run can be rolled back to as it is now. */
export async function rollbackChoices(runId: string): Promise<ActionResult<RollbackChoice[]>> {
  return act((actor) => listRollbackChoices(actor, RunId.parse(runId)));
}
