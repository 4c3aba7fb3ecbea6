import type { ShownLine } from "#components/live/feed-state.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";

/** What of the log is shown; null and "" narrow nothing. */
export interface LogFilter {
  nodeId: NodeId | null;
  stepId: StepId | null;
  text: string;
}

/**
 * The places of the lines that fit, in order; null when all do. Pure.
 *
 * @param count how many of the lines, from the first
 * @param fits whether a step belongs to what is shown at all (its leg)
 */
export function filterLog(
  lines: readonly ShownLine[],
  count: number,
  { nodeId, stepId, text }: LogFilter,
  fits: ((stepId: StepId) => boolean) | null,
): number[] | null {
  const wanted = text.trim().toLowerCase();
  if (nodeId === null && stepId === null && wanted === "" && fits === null) return null;
  const places: number[] = [];
  for (let place = 0; place < count; place++) {
    const line = lines[place];
    if (!line) break;
    if (nodeId !== null && line.nodeId !== nodeId) continue;
    if (stepId !== null && line.stepId !== stepId) continue;
    if (fits !== null && !fits(line.stepId)) continue;
    if (wanted !== "" && !line.text.toLowerCase().includes(wanted)) continue;
    places.push(place);
  }
  return places;
}

/** A text cut where a wanted piece occurs, case aside: even parts are plain, odd ones are hits. */
export function splitAtHits(text: string, wanted: string): string[] {
  const piece = wanted.trim().toLowerCase();
  if (piece === "") return [text];
  const low = text.toLowerCase();
  // A few letters change their length in lower case; then the places would not fit.
  if (low.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = low.indexOf(piece); at >= 0; at = low.indexOf(piece, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + piece.length));
    from = at + piece.length;
  }
  return [...parts, text.slice(from)];
}
