import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { isOfKind, type LineKind } from "#lib/domain/run-log/line-kind.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";

/** What of the log is wanted; null and "" narrow nothing. */
export interface LogFilter {
  nodeId: NodeId | null;
  stepId: StepId | null;
  /** Lines of a level or of a stream; null: all. */
  kind: LineKind | null;
  text: string;
  /** Whether a step belongs to what is shown at all (its leg); null: all do. */
  fits: ((stepId: StepId) => boolean) | null;
}

/** What is looked for, as a pattern that finds it wherever it stands; null for nothing. Pure. */
export function findPattern(text: string): RegExp | null {
  const wanted = text.trim();
  return wanted === "" ? null : new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
}

/**
 * The places of the lines that fit a filter. A log grows all the time and may be long, so every line
 * is looked at once, and a line that has not ended once more when it has.
 */
export class FilteredLog {
  /** In order. Null: the filter narrows nothing, so all places fit. */
  readonly places: number[] | null;
  readonly #fits: (line: ShownLine) => boolean;
  #seen = 0;
  #open: readonly number[] = [];

  constructor({ nodeId, stepId, kind, text, fits }: LogFilter) {
    const pattern = findPattern(text);
    const all = [nodeId, stepId, kind, pattern, fits].every((each) => each === null);
    this.places = all ? null : [];
    this.#fits = (line) =>
      (nodeId === null || line.nodeId === nodeId) &&
      (stepId === null || line.stepId === stepId) &&
      (fits === null || fits(line.stepId)) &&
      (kind === null || isOfKind(line, kind)) &&
      (pattern === null || line.text.search(pattern) >= 0);
  }

  /**
   * Looks at what has come since.
   *
   * @param count how many of the lines there are, from the first
   * @param open the places of lines that may still change
   */
  extend(lines: readonly ShownLine[], count: number, open: readonly number[]): void {
    if (!this.places) return;
    for (const place of this.#open) {
      if (place < this.#seen) this.#judgeAgain(this.places, place, lines[place]);
    }
    for (; this.#seen < count; this.#seen++) {
      const line = lines[this.#seen];
      if (line && this.#fits(line)) this.places.push(this.#seen);
    }
    this.#open = open;
  }

  #judgeAgain(places: number[], place: number, line: ShownLine | undefined): void {
    const at = firstFrom(places, place);
    const was = places[at] === place;
    const is = line !== undefined && this.#fits(line);
    if (is !== was) places.splice(at, was ? 1 : 0, ...(is ? [place] : []));
  }
}

/** The index of the first of the places (in order) that is not before `place`. Pure. */
export function firstFrom(places: readonly number[], place: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The next hit in a direction, all around. Pure.
 *
 * @param hits places in order
 * @param from the place to go from, which is not the answer unless it is the only hit
 * @returns null when there is none
 */
export function nextHit(hits: readonly number[], from: number, step: 1 | -1): number | null {
  const at = step === 1 ? firstFrom(hits, from + 1) : firstFrom(hits, from) - 1;
  return hits[at] ?? hits.at(step === 1 ? 0 : -1) ?? null;
}
