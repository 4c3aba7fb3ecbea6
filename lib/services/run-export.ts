import type { RunId } from "#lib/domain/ids.ts";
import { inWords, type Render } from "#lib/domain/message.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { activityOf } from "#lib/domain/run-activity/activity.ts";
import {
  type ActivityFilter,
  activityCsv,
  filterActivity,
} from "#lib/domain/run-activity/activity-lines.ts";
import { momentsOf } from "#lib/domain/run-activity/moments.ts";
import { getRun, runEvents } from "./runs.ts";

/**
 * Everything that is known of a run in one document, for an archive or another program: who, when, the
 * plans that were reviewed, moments, backups, the activity with its commands and the end of their outputs, journal.
 *
 * @throws UpliftError not_found, forbidden
 */
export async function exportRun(
  actor: Actor,
  runId: RunId,
  render: Render,
): Promise<Record<string, unknown>> {
  const { row, state, plans } = await getRun(actor, runId);
  const events = await runEvents(actor, runId, 0);
  return {
    exportedAt: new Date().toISOString(),
    exportedBy: actor.name,
    run: row,
    legs: state.plans,
    moments: momentsOf(state),
    backups: state.backups,
    leftOut: state.leftOut,
    activity: inWords(activityOf(events, state, plans), render),
    ...{ plans, journal: events },
  };
}

/** Lines of a run's activity for a spreadsheet, in the reader's language. @throws UpliftError not_found, forbidden */
export async function exportActivity(
  actor: Actor,
  runId: RunId,
  filter: ActivityFilter,
  said: Render,
): Promise<string> {
  const { state, plans } = await getRun(actor, runId);
  const events = await runEvents(actor, runId, 0);
  return activityCsv(filterActivity(activityOf(events, state, plans), filter, said), said);
}
