import { stringify } from "csv-stringify/sync";
import { inEnglish, type Render } from "../message.ts";
import type { StepStatus } from "../run.ts";
import { phaseNames } from "../run-view/phase-names.ts";
import { type Order, type SortKey, sortRows } from "../sort-rows.ts";
import type { ActivityLine } from "./activity.ts";

/** What of an activity is read: all but its commands, what people decided and what went wrong, one kind, or all. */
export const activityParts = ["events", "decisions", "steps", "commands", "all"] as const;
export type ActivityPart = (typeof activityParts)[number];

export interface ActivityFilter {
  part: ActivityPart;
  /** A host's name; empty for all. */
  host: string;
  /** A piece of anything that a line says; capitals do not matter. */
  text: string;
}

function isOfPart({ kind }: ActivityLine, part: ActivityPart): boolean {
  switch (part) {
    case "events":
      return kind !== "command";
    case "decisions":
      return kind !== "command" && kind !== "step";
    case "steps":
      return kind === "step";
    case "commands":
      return kind === "command";
    case "all":
      return true;
  }
}

/**
 * The lines that somebody wants to read. Pure.
 *
 * @param said what a sentence is in the reader's language, in which it is looked for as well
 */
export function filterActivity(
  lines: readonly ActivityLine[],
  { part, host, text }: ActivityFilter,
  said: Render,
): ActivityLine[] {
  const wanted = text.trim().toLowerCase();
  const says = ({ text: sentence, detail = "", stepId, command }: ActivityLine) => [
    ...[inEnglish(sentence), said(sentence), inEnglish(detail), said(detail)],
    ...[stepId, command?.command, command?.output],
  ];
  return lines.filter(
    (line) =>
      isOfPart(line, part) &&
      (host === "" || line.host === host) &&
      (wanted === "" || says(line).some((words) => words?.toLowerCase().includes(wanted))),
  );
}

/** What the lines can be sorted by; time is the journal's order. */
export type ActivityKey = "time" | "host" | "outcome" | "took";

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
 * The lines by a column; those that are alike stay in the order of time, and those that have no such
 * thing, as a person's act has no duration, come last. Pure.
 */
export function sortActivity(
  lines: readonly ActivityLine[],
  { by, descending }: Order<ActivityKey>,
): ActivityLine[] {
  return sortRows(lines, (line) => keyOf(line, by), descending);
}

function keyOf(line: ActivityLine, by: ActivityKey): SortKey {
  switch (by) {
    case "time":
      return line.seq;
    case "host":
      return line.host ?? null;
    case "outcome":
      if (line.command) return line.command.exitCode === 0 ? outcomes.succeeded : outcomes.failed;
      return line.attempt ? outcomes[line.attempt.status] : null;
    case "took":
      return tookMs(line);
  }
}

/** How long the attempt or the command took, ms; null when the line is of none, or of one that has not ended. */
export function tookMs({ at, attempt, command }: ActivityLine): number | null {
  if (command) return command.durationMs;
  return attempt?.endedAt ? Date.parse(attempt.endedAt) - Date.parse(at) : null;
}

const columns = [
  ...["number", "time", "leg", "phase", "kind", "what", "detail", "host", "step", "attempt"],
  ...["outcome", "seconds"],
];

/**
 * The lines for a spreadsheet (RFC 4180, CRLF); times are UTC. A cell that would be taken for a formula, full-width
 * signs too, gets an apostrophe before it: what hosts have said stands here, and opening a file must run nothing. Pure.
 *
 * @param said what a sentence is in the reader's language
 */
export function activityCsv(lines: readonly ActivityLine[], said: Render): string {
  const rows = lines.map((line) => {
    const { seq, at, leg, phase, kind, text, detail, host, stepId, attempt, command } = line;
    const ms = tookMs(line);
    return [
      ...[seq, at, leg, phase && said(phaseNames[phase]), kind],
      ...[command?.command ?? said(text), detail && said(detail)],
      ...[host, stepId, command?.attempt ?? attempt?.number],
      ...[command ? command.exitCode : attempt?.status, ms === null ? null : ms / 1000],
    ];
  });
  return stringify([columns, ...rows], {
    record_delimiter: "windows",
    escape_formulas: true,
    // A line end of either kind, not only that of the rows.
    quoted_match: /[\r\n]/,
  });
}
