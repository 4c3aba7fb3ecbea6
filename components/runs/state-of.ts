import { stateOfRun } from "#components/home/run-words.ts";
import type { StateName } from "#components/ui/states.ts";
import { type RunState, stepsAwaitingPerson } from "#lib/domain/run.ts";

/** The icon, word and colour of a run, from its journal. */
export function stateOf(run: RunState): StateName {
  const awaitsPerson = stepsAwaitingPerson(run).length > 0;
  return stateOfRun({ status: run.status, pausedFor: run.pause?.reason ?? null, awaitsPerson });
}
