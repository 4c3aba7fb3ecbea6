import { programs } from "#lab/metadb/kinds/programs.ts";
import { accounts, allCells, byLab, keyOfCell } from "./cells.ts";
import type { CellRecord, Outcome } from "./outcome.ts";
import { isRight } from "./outcome.ts";

const begin = "<!-- matrix:begin -->";
const end = "<!-- matrix:end -->";

export type Records = Readonly<Record<string, CellRecord>>;

const toolWords = {
  host: "the host's",
  "old-image": "the old image's",
  other: "the other family's",
} as const;

/** A document with the table of what is known between its markers. Pure. @throws Error without the markers */
export function withTable(document: string, records: Records): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} and ${end}`);
  return `${document.slice(0, from + begin.length)}\n${tableOf(records)}\n${document.slice(to)}`;
}

/** Server by tools by outcome, and what each refusal says. Pure. */
export function tableOf(records: Records): string {
  const rows = byLab(allCells).flatMap((cells) => {
    const seen = cells.flatMap((cell) => records[keyOfCell(cell)] ?? []);
    const [first] = cells;
    if (seen.length === 0 || !first) return [];
    const version = `${programs[first.server].title} (${seen.at(-1)?.version})`;
    const outcomes = accounts.map((account) => {
      const cell = cells.find((each) => each.account === account);
      if (!cell) return "the server has none";
      const record = records[keyOfCell(cell)];
      return record ? inWords(record.outcome) : "not run";
    });
    const day = seen.map(({ at }) => at.slice(0, 10)).sort();
    return [line([version, toolWords[first.tools], ...outcomes, day.at(-1) ?? ""])];
  });
  return [
    line(["server", "programs", ...accounts, "date"]),
    line(Array.from({ length: accounts.length + 3 }, () => "---")),
    ...rows,
    ...details(records),
  ].join("\n");
}

function inWords(outcome: Outcome): string {
  switch (outcome.result) {
    case "works":
      return `works${remedied(outcome.applied)}, contents alike`;
    case "plan passes":
      return `plan passes${remedied(outcome.applied)}; not run`;
    case "refused":
      return `refused before T1${isRight(outcome) ? "" : " WITHOUT A REMEDY"}`;
    case "wrong":
      return outcome.afterT1 ? "FAILED AFTER T1" : "FAILED";
  }
}

const remedied = (applied: readonly string[]) => (applied.length > 0 ? " after its remedy" : "");

/** What the table has no room for: the first reason of each refusal, once for all the accounts that have it. */
function details(records: Records): string[] {
  const known = allCells.flatMap((cell) => records[keyOfCell(cell)] ?? []);
  const reasons = known.flatMap(({ server, tools, account, outcome }) => {
    const which = `${programs[server].title}, ${toolWords[tools]} programs`;
    return reasonsOf(outcome).map((what) => ({ which, account, what }));
  });
  const byReason = Map.groupBy(reasons, ({ which, what }) => `${which} ${what}`);
  const lines = [...byReason.values()].flatMap((some) => {
    const [first] = some;
    const whose = some.map(({ account }) => account).join(", ");
    return first ? [`- ${first.which} (${whose}): ${first.what}`] : [];
  });
  return lines.length > 0
    ? ["", "What was refused, and what was done about it:", "", ...lines]
    : [];
}

function reasonsOf(outcome: Outcome): string[] {
  if (outcome.result === "wrong") return [oneLine(outcome.error)];
  const done = outcome.applied.map((each) => `\`${each.replaceAll("`", "")}\``).join("; ");
  const after = outcome.applied.length > 0 ? [`first ${done}`] : [];
  if (outcome.result !== "refused") return after;
  const [refusal] = outcome.refusals;
  return [...after, refusal ? `${oneLine(refusal.evidence)} → ${oneLine(refusal.remedy)}` : ""];
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
