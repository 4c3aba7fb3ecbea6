import { z } from "zod";
import type { NodeId, RunId } from "#lib/domain/ids.ts";
import { StepId } from "#lib/domain/ids.ts";
import { type ActivityLine, activityOf } from "#lib/domain/run-activity/activity.ts";
import { activityParts, filterActivity } from "#lib/domain/run-activity/activity-lines.ts";
import { momentsOf } from "#lib/domain/run-activity/moments.ts";
import { LogLines, type ShownLine } from "#lib/domain/run-log/log-lines.ts";
import { type HostNames, hostNames } from "#lib/domain/run-view/step-words.ts";
import { readRun } from "#lib/services/run-reading.ts";
import { prismaStore } from "#lib/store/store.ts";
import { operation, typed } from "./operation.ts";
import { ofRun } from "./runs.ts";

/**
 * Everything that is known of a run in one document, for an archive or another program: who, when, the
 * plans that were reviewed, moments, backups, the activity with its commands and the end of their outputs, journal.
 *
 * @throws UpliftError not_found
 */
export const exportRun = operation({
  name: "runs.export",
  permission: "run.read",
  input: ofRun,
  output: z.record(z.string(), z.unknown()),
  async run(actor, { runId }) {
    const { row, state, plans } = await readRun(runId);
    const events = await prismaStore().journal.read(runId);
    return {
      exportedAt: new Date().toISOString(),
      exportedBy: actor.name,
      run: row,
      legs: state.plans,
      moments: momentsOf(state),
      backups: state.backups,
      leftOut: state.leftOut,
      activity: activityOf(events, state, plans),
      ...{ plans, journal: events },
    };
  },
});

/** What has been done in a run, line by line. @throws UpliftError not_found */
export const runActivity = operation({
  name: "runs.activity",
  permission: "run.read",
  input: ofRun.extend({
    part: z.enum(activityParts).catch("events"),
    /** A host's name; empty for all. */
    host: z.string().default(""),
  }),
  output: typed<ActivityLine[]>(),
  async run(_actor, { runId, part, host }) {
    const { state, plans } = await readRun(runId);
    const events = await prismaStore().journal.read(runId);
    return filterActivity(activityOf(events, state, plans), { part, host, text: "" }, String);
  },
});

/** Pieces read from the store at a time: the log is never in memory as a whole. */
const page = 100;
/** So many lines at most wait for the end of one before them. */
const mostHeld = 1_000;

/**
 * The log of a run up to now, or of one of its steps, redacted as it is stored, without control characters: one line
 * of text for each line, with its time, host, step and stream before it, separated by tabs.
 *
 * @throws UpliftError not_found; at once, not while it is read
 */
export const runLogText = operation({
  name: "runs.log",
  permission: "run.read",
  input: ofRun.extend({ stepId: StepId.nullable().default(null) }),
  output: typed<AsyncIterable<string>>(),
  async run(_actor, { runId, stepId }) {
    const { plans } = await readRun(runId);
    return textOf(runId, stepId, hostNames(plans));
  },
});

async function* textOf(
  runId: RunId,
  stepId: StepId | null,
  names: HostNames,
): AsyncGenerator<string> {
  const { log } = prismaStore();
  const lines = new LogLines();
  let after = 0;
  for (;;) {
    const pieces = await log.read(runId, after, page);
    for (const piece of pieces) if (!stepId || piece.stepId === stepId) lines.add(piece);
    after = pieces.at(-1)?.seq ?? after;
    const last = pieces.length < page;
    const ready = last ? lines.lines : lines.takeSettled(mostHeld);
    if (ready.length > 0) yield ready.map((line) => textLine(line, names)).join("");
    if (last) return;
  }
}

function textLine({ at, nodeId, stepId, stream, text }: ShownLine, names: HostNames): string {
  const host = hostOf(nodeId, names);
  return `${at}\t${host}\t${stepId}\t${stream}\t${text}\n`;
}

const hostOf = (nodeId: NodeId | null, names: HostNames): string =>
  nodeId === null ? "-" : (names.get(nodeId) ?? nodeId);
