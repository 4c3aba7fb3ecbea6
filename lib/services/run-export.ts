import type { RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { stepRows, stepsCsv } from "#lib/domain/run-report/step-rows.ts";
import { commandsRun } from "#lib/domain/run-story/commands-run.ts";
import { momentsOf } from "#lib/domain/run-story/moments.ts";
import { getRun, runEvents } from "./runs.ts";

/**
 * Everything that is known of a run in one document, for an archive or another program: who, when, the
 * plans that were reviewed, steps, moments, backups, commands with the end of their outputs, journal.
 *
 * @throws UpliftError not_found, forbidden
 */
export async function exportRun(actor: Actor, runId: RunId): Promise<Record<string, unknown>> {
  const { row, state, plans } = await getRun(actor, runId);
  const events = await runEvents(actor, runId, 0);
  return {
    exportedAt: new Date().toISOString(),
    exportedBy: actor.name,
    run: row,
    legs: state.plans,
    moments: momentsOf(state),
    steps: stepRows(plans, state),
    backups: state.backups,
    leftOut: state.leftOut,
    commands: commandsRun(events, plans),
    ...{ plans, journal: events },
  };
}

/** The steps of a run for a spreadsheet. @throws UpliftError not_found, forbidden */
export async function exportSteps(actor: Actor, runId: RunId): Promise<string> {
  const { state, plans } = await getRun(actor, runId);
  return stepsCsv(stepRows(plans, state));
}
