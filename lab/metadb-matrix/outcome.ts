import type { Check } from "#lib/domain/facts.ts";
import type { Cell } from "./cells.ts";

/** A check that does not pass, in words. */
export interface Refusal {
  id: Check["id"];
  evidence: string;
  remedy: string;
}

/** What came of a cell. */
export type Outcome =
  /** Practised, upgraded and rolled back, and the contents are what they were. `applied`: remedies it took before. */
  | { result: "works"; applied: string[]; programs: string[]; seconds: number }
  /** A plan can be made; nothing more was tried. */
  | { result: "plan passes"; applied: string[]; programs: string[] }
  /** No plan can be made, also after what of its remedies could be done on the server. */
  | { result: "refused"; applied: string[]; refusals: Refusal[] }
  | { result: "wrong"; error: string; afterT1: boolean };

export interface CellRecord extends Cell {
  outcome: Outcome;
  /** By the server's own words. */
  version: string;
  /** When it ended, ISO 8601. */
  at: string;
}

/** Nothing but alike contents, or a refusal with a way out of each of its reasons. Pure. */
export function isRight(outcome: Outcome): boolean {
  if (outcome.result === "wrong") return false;
  return outcome.result !== "refused" || outcome.refusals.every(({ remedy }) => remedy !== "");
}
