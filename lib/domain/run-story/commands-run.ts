import type { RunEvent } from "../events.ts";
import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { CommandRecord } from "../run.ts";
import { hostNames } from "../run-view/step-words.ts";

/** A command that was run, with where and for which step. */
export interface CommandLine {
  seq: number;
  /** When the result was known. */
  at: string;
  stepId: StepId;
  attempt: number;
  host: string;
  kind: CommandRecord["kind"];
  command: string;
  exitCode: number | null;
  durationMs: number;
  output: string;
}

export interface CommandFilter {
  /** A host's name; empty for all. */
  host: string;
  /** A piece of the command, its output or its step; capitals do not matter. */
  text: string;
}

/** Every command of a journal, in order. */
export function commandsRun(events: readonly RunEvent[], plans: readonly Plan[]): CommandLine[] {
  const names = hostNames(plans);
  return events.flatMap(({ seq, at, body }) => {
    if (body.type !== "step.command") return [];
    const { type: _type, nodeId, ...command } = body;
    return [{ seq, at, host: names.get(nodeId) ?? nodeId, ...command }];
  });
}

export function filterCommands(
  commands: readonly CommandLine[],
  { host, text }: CommandFilter,
): CommandLine[] {
  const wanted = text.trim().toLowerCase();
  return commands.filter(
    (line) =>
      (host === "" || line.host === host) &&
      (wanted === "" ||
        [line.command, line.output, line.stepId].some((part) =>
          part.toLowerCase().includes(wanted),
        )),
  );
}
