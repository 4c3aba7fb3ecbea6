import type { NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { LogLines, type ShownLine } from "#lib/domain/run-log/log-lines.ts";
import { type HostNames, hostNames } from "#lib/domain/run-view/step-words.ts";
import { db } from "#lib/store/client.ts";
import { planById } from "#lib/store/plans.ts";
import { prismaStore } from "#lib/store/store.ts";
import { permit } from "./permit.ts";
import { notFound } from "./refusals.ts";
import { readState } from "./run-reading.ts";

/** Pieces read from the store at a time: the log is never in memory as a whole. */
const page = 100;
/** So many lines at most wait for the end of one before them. */
const mostHeld = 1_000;

/**
 * The log of a run up to now, or of one of its steps, redacted as it is stored, without control characters: one line
 * of text for each line, with its time, host, step and stream before it, separated by tabs.
 *
 * @throws UpliftError not_found, forbidden; at once, not while it is read
 */
export async function runLogText(
  actor: Actor,
  runId: RunId,
  stepId: StepId | null = null,
): Promise<AsyncIterable<string>> {
  permit(actor, "run.read");
  if ((await db().run.count({ where: { id: runId } })) === 0) throw notFound("run", runId);
  const { plans } = await readState(runId);
  const names = hostNames(await Promise.all(plans.map(({ planId }) => planById(planId))));
  return textOf(runId, stepId, names);
}

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
