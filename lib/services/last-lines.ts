import type { RunId, StepId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import type { RunState } from "#lib/domain/run.ts";
import { lastLines } from "#lib/domain/run-log/last-lines.ts";
import { LogLines } from "#lib/domain/run-log/log-lines.ts";
import { prismaStore } from "#lib/store/store.ts";
import { permit } from "./permit.ts";

/** Pieces of a step's log that are read: they hold more lines than are shown. */
const pieces = 20;

/**
 * The last lines of each step that failed or ended unknown, redacted as they are stored. A page shows
 * them with its first look, however long the log is that it then reads.
 *
 * @throws UpliftError forbidden
 */
export async function lastLinesOf(
  actor: Actor,
  runId: RunId,
  { steps }: Pick<RunState, "steps">,
): Promise<Record<StepId, string[]>> {
  permit(actor, "run.read");
  const troubled = Object.values(steps).filter(
    ({ status }) => status === "failed" || status === "uncertain",
  );
  const { log } = prismaStore();
  const read = async (stepId: StepId): Promise<[StepId, string[]]> => {
    const lines = new LogLines();
    for (const piece of await log.readEnd(runId, stepId, pieces)) lines.add(piece);
    return [stepId, lastLines(lines.lines, stepId)];
  };
  return Object.fromEntries(await Promise.all(troubled.map(({ id }) => read(id))));
}
