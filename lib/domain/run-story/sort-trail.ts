import type { StepStatus } from "../run.ts";
import { type Order, type SortKey, sortRows } from "../sort-rows.ts";
import type { CommandLine } from "./commands-run.ts";
import type { StoryLine } from "./story.ts";

/** What the lines of a story, and the commands of a run, can be sorted by; time is the journal's order. */
export type StoryKey = "time" | "host" | "outcome" | "took";
export type CommandKey = "time" | "host" | "exit" | "duration";

/** What to look at comes first. */
const outcomes: Record<StepStatus, number> = {
  failed: 0,
  uncertain: 1,
  waiting: 2,
  running: 3,
  pending: 4,
  skipped: 5,
  "marked-done": 6,
  succeeded: 7,
};

/**
 * Rows of a story by a column; those that are alike stay in the order of time, and those that have
 * no such thing, as a person's act has no duration, come last. Pure.
 */
export function sortStory<Row extends { line: StoryLine }>(
  rows: readonly Row[],
  { by, descending }: Order<StoryKey>,
): Row[] {
  return sortRows(rows, ({ line }) => storyKey(line, by), descending);
}

function storyKey(line: StoryLine, by: StoryKey): SortKey {
  switch (by) {
    case "time":
      return line.seq;
    case "host":
      return line.host ?? null;
    case "outcome":
      return line.attempt ? outcomes[line.attempt.status] : null;
    case "took":
      return tookMs(line);
  }
}

/** How long the attempt took, ms; null when the line is of none, or of one that has not ended. */
export function tookMs({ at, attempt }: StoryLine): number | null {
  return attempt?.endedAt ? Date.parse(attempt.endedAt) - Date.parse(at) : null;
}

/** Commands by a column; those that are alike stay in the order of time. Pure. */
export function sortCommands(
  commands: readonly CommandLine[],
  { by, descending }: Order<CommandKey>,
): CommandLine[] {
  return sortRows(commands, (line) => commandKey(line, by), descending);
}

function commandKey(line: CommandLine, by: CommandKey): SortKey {
  switch (by) {
    case "time":
      return line.seq;
    case "host":
      return line.host;
    case "exit":
      // One that has not come back is worse than any exit code.
      return line.exitCode ?? Number.POSITIVE_INFINITY;
    case "duration":
      return line.durationMs;
  }
}
