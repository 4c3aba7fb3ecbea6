import type { Render } from "../domain/message.ts";

/** A sentence of the core with holes, `Stop {what} on {node}`, and what it is in another language. */
export type Pair = readonly [english: string, translated: string];

export type Said = Render;

interface Template {
  pattern: RegExp;
  holes: string[];
  translated: string;
  literal: number;
}

/** "{one} and {other}" is no sentence: a template that stands for one has at least so many characters of its own. */
const ofASentence = 8;

/** Deeper than this no sentence stands in the holes of another. */
const deepest = 4;

/**
 * The core (planner, engine, steps) speaks English, in the journal and everywhere else. What this makes finds
 * the template a text was made from and says the same in another language; what stands in a hole is looked up in
 * turn. A text that fits no template stays as it is. Pure.
 */
export function sayer(pairs: readonly Pair[]): (text: string) => string {
  const exact = new Map(pairs.filter(([english]) => !english.includes("{")));
  const templates = pairs
    .filter(([english]) => english.includes("{"))
    .map(templateOf)
    .sort((one, other) => other.literal - one.literal);
  const known = new Map<string, string>();

  function say(text: string, depth: number): string {
    const whole = exact.get(text) ?? known.get(text);
    if (whole !== undefined) return whole;
    const said = depth > deepest ? text : (inSentences(text, depth) ?? fromTemplate(text, depth));
    if (known.size > 5_000) known.clear();
    known.set(text, said ?? text);
    return said ?? text;
  }

  /** @param leastLiteral templates with fewer characters of their own do not count */
  function fromTemplate(text: string, depth: number, leastLiteral = 0): string | null {
    for (const { pattern, holes, translated, literal } of templates) {
      if (literal < leastLiteral) return null;
      const match = pattern.exec(text);
      if (!match) continue;
      const values = new Map(holes.map((hole, index) => [hole, match[index + 1] ?? ""]));
      return translated.replace(/\{(\w+)\}/g, (_, hole: string) =>
        say(values.get(hole) ?? "", depth + 1),
      );
    }
    return null;
  }

  /**
   * Several sentences in one text: each for itself, where all of them are known. Before the text is looked up as a
   * whole: the holes of a template for one sentence would take in those behind it.
   */
  function inSentences(text: string, depth: number): string | null {
    const parts = text.split(/(?<=[.?!]) (?=\S)/);
    if (parts.length < 2) return null;
    const said = parts.map((part) => exact.get(part) ?? fromTemplate(part, depth + 1, ofASentence));
    return said.every((part) => part !== null) ? said.join("") : null;
  }

  return (text) => say(text, 0);
}

/** For the language that the core speaks. */
export const asIs = (text: string): string => text;

function templateOf([english, translated]: Pair): Template {
  const holes: string[] = [];
  const source = english
    .split(/(\{\w+\})/)
    .map((part) => {
      const hole = /^\{(\w+)\}$/.exec(part)?.[1];
      if (hole === undefined) return escaped(part);
      holes.push(hole);
      // A hole that is named `n`, `n2` and so on holds a number.
      return /^n\d?$/.test(hole) ? "([\\d.,]+)" : "(.+?)";
    })
    .join("");
  const literal = english.replace(/\{\w+\}/g, "").length;
  return { pattern: new RegExp(`^${source}$`, "s"), holes, translated, literal };
}

/** As `RegExp.escape`, which not every browser has that the dashboard is for. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
