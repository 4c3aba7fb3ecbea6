import type { StateName } from "#components/ui/states.ts";
import { aboutTime } from "#lib/domain/run-view/forecast.ts";
import { gateWords } from "#lib/domain/run-view/gate-words.ts";
import type { Gate } from "#lib/domain/step.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { ActiveRun } from "#lib/operations/active-runs.ts";
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

/** Whether nothing goes on until somebody decides. */
export function waitsForPerson(run: Pick<ActiveRun, "status" | "awaitsPerson">): boolean {
  return run.status === "paused" || run.awaitsPerson;
}

/** What a run is, beside its deployment's name: "3.3.0 → 3.3.1", "Practice of 3.3.0". Pure. */
export function runTitle(
  { purpose, fromVersion, toVersion }: Pick<RunRow, "purpose" | "fromVersion" | "toVersion">,
  words: Translator<"words">,
): string {
  return purpose === "practice"
    ? words("practiceOf", { version: fromVersion })
    : `${fromVersion} → ${toVersion}`;
}

/** What a run does now, in a few words. Pure. */
export function phaseWords(run: ActiveRun, words: Translator<"words">): string {
  const phase = run.phase ? words(`phases.${run.phase}`) : "";
  const at = { phase, hasPhase: String(run.phase !== null) };
  if (run.status === "queued") return words("doing.queued");
  if (run.awaitsPerson) return words("doing.person");
  if (run.status !== "paused") return phase || words("doing.between");
  switch (run.pausedFor) {
    case "failed":
      return words("doing.failed", at);
    case "uncertain":
      return words("doing.uncertain", at);
    case "gate":
      return run.gate === null ? words("doing.approval", at) : gateText(run.gate, words);
    default:
      return words("doing.paused", at);
  }
}

function gateText(gate: Gate, words: Translator<"words">): string {
  const down = String(gateWords[gate].down);
  return words("doing.gate", { where: words(`gates.${gate}.where`), down });
}

/** "about 6 min left", as the run's own page says it; null when nothing tells. */
export function leftWords(
  { left }: Pick<ActiveRun, "left">,
  t: Translator<"words">,
): string | null {
  return left && t("left", { ...aboutTime(left.ms), assumed: String(left.assumed) });
}
