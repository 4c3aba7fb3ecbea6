import { stateOfRun } from "#components/home/run-words.ts";
import type { StateName } from "#components/ui/states.ts";
import type { RunState } from "#lib/domain/run.ts";

/** The icon, word and colour of a run, from its journal. */
export function stateOf({ status, pause }: RunState): StateName {
  return stateOfRun({ status, pausedFor: pause?.reason ?? null });
}
