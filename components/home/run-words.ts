import type { StateName } from "#components/ui/states.ts";
import { gateWords } from "#lib/domain/run-view/gate-words.ts";
import { phaseNames } from "#lib/domain/run-view/phase-names.ts";
import type { ActiveRun } from "#lib/services/active-run.ts";
import type { RunRow } from "#lib/services/views.ts";

/** The icon and colour of a run; one that stands because of trouble looks like its trouble. */
export function stateOfRun({
  status,
  pausedFor,
  awaitsPerson = false,
}: Pick<RunRow, "status" | "pausedFor"> & { awaitsPerson?: boolean }): StateName {
  if (awaitsPerson) return "waiting";
  if (status !== "paused") return status;
  if (pausedFor === "failed") return "failed";
  if (pausedFor === "uncertain") return "uncertain";
  return pausedFor === "gate" ? "waiting" : "paused";
}

/** What a run does now, in a few words. */
export function phaseWords(run: ActiveRun): string {
  const phase = run.phase ? phaseNames[run.phase] : null;
  if (run.status === "queued") return "Waiting for its turn";
  if (run.awaitsPerson) return "Waits for a person to change HA in the console";
  if (run.status !== "paused") return phase ?? "Between two steps";
  const at = phase ? ` at "${phase}"` : "";
  switch (run.pausedFor) {
    case "failed":
      return `A step failed${at}; waits for a decision`;
    case "uncertain":
      return `Uncertain${at}; waits for a decision`;
    case "gate":
      return gateText(run.gate) ?? `Waits for an approval${at}`;
    default:
      return `Paused by an operator${at}`;
  }
}

function gateText(gate: ActiveRun["gate"]): string | null {
  if (gate === null) return null;
  const { where, down } = gateWords[gate];
  return `Waits for an approval ${where}${down ? "; OMS is down meanwhile" : ""}`;
}
