import type { Coloured, PlainLine } from "#lib/domain/run-log/terminal-text.ts";
import type { Colour } from "#lib/domain/run-log/text-style.ts";

/** More of a line is not drawn, characters: browsers are slow with lines that no screen can hold. */
export const drawnChars = 5_000;

/** A stretch of a line that looks the same from end to end. */
export interface LinePart {
  text: string;
  /** It is what is looked for. */
  hit: boolean;
  colour: Colour | null;
  bold: boolean;
}

/**
 * What is drawn of a line, cut wherever its look changes. Pure.
 *
 * @param pattern what is looked for (findPattern); null for nothing
 * @returns the parts, and how many characters are left out at the end
 */
export function partsOf(
  line: PlainLine,
  pattern: RegExp | null,
): { parts: LinePart[]; leftOut: number } {
  const text = line.text.slice(0, drawnChars);
  const hits = pattern ? [...text.matchAll(pattern)].map(rangeOf) : [];
  const coloured = line.coloured ?? [];
  const cuts = new Set([0, text.length]);
  for (const { from, to } of [...hits, ...coloured]) {
    if (from < text.length) cuts.add(from).add(Math.min(to, text.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const [hitAt, styleAt] = [walk(hits), walk(coloured)];
  const parts = places.slice(0, -1).map((from, index): LinePart => {
    const style = styleAt(from);
    return {
      text: text.slice(from, places[index + 1]),
      hit: hitAt(from) !== undefined,
      colour: style?.colour ?? null,
      bold: style?.bold ?? false,
    };
  });
  return { parts, leftOut: line.text.length - text.length };
}

type Range = Pick<Coloured, "from" | "to">;

const rangeOf = ({ index, 0: found }: RegExpExecArray): Range => ({
  from: index,
  to: index + found.length,
});

/** The range that holds a place, for places that are asked for in order. */
function walk<R extends Range>(ranges: readonly R[]): (place: number) => R | undefined {
  let at = 0;
  return (place) => {
    while ((ranges[at]?.to ?? place + 1) <= place) at++;
    const range = ranges[at];
    return range && range.from <= place ? range : undefined;
  };
}
