import type { Row } from "./rows.ts";

/** What a log writer under load stores as one piece: so many characters, so many milliseconds. */
const most = { characters: 16_000, ms: 20_000 };

/**
 * Fewer and longer pieces: those that follow each other within a step become one, as the engine's log
 * writer makes them of a busy output. The player stores every line by itself.
 */
export function mergeLog(chunks: readonly Row[]): Row[] {
  const merged: Row[] = [];
  const lastOf = new Map<string, Row>();
  for (const chunk of chunks) {
    const last = lastOf.get(String(chunk.stepId));
    if (last && continues(last, chunk)) {
      last.text = String(last.text) + String(chunk.text);
      continue;
    }
    const piece = { ...chunk, seq: merged.length + 1 };
    merged.push(piece);
    lastOf.set(String(chunk.stepId), piece);
  }
  return merged;
}

function continues(last: Row, next: Row): boolean {
  return (
    last.attempt === next.attempt &&
    last.nodeId === next.nodeId &&
    last.stream === next.stream &&
    String(last.text).length + String(next.text).length < most.characters &&
    Date.parse(String(next.at)) - Date.parse(String(last.at)) < most.ms
  );
}
