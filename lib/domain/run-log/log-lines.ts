import type { NodeId, StepId } from "../ids.ts";
import { type PlainLine, TerminalText } from "./terminal-text.ts";

/** A piece of a step's output as it is stored; pieces are cut anywhere. */
export interface LogPiece {
  stepId: StepId;
  attempt: number;
  nodeId: NodeId | null;
  stream: "stdout" | "stderr" | "note";
  at: string;
  text: string;
}

/** One line of the log as it is shown. */
export interface ShownLine extends PlainLine {
  stepId: StepId;
  nodeId: NodeId | null;
  stream: LogPiece["stream"];
  /** When its beginning came, ISO 8601. */
  at: string;
}

interface Source {
  text: TerminalText;
  /** Where its line that has not ended stands; null: the next text begins a line. */
  place: number | null;
}

/**
 * The lines of a log, in the order in which they were begun, whatever the pieces. One array that is
 * never copied: a log may be long. A line that has not ended is replaced when more of it comes.
 */
export class LogLines {
  readonly lines: ShownLine[] = [];
  readonly #sources = new Map<string, Source>();

  add(piece: LogPiece): void {
    const { stepId, nodeId, stream, at } = piece;
    const key = `${stepId} ${piece.attempt} ${nodeId} ${stream}`;
    let source = this.#sources.get(key);
    if (!source) {
      source = { text: new TerminalText(), place: null };
      this.#sources.set(key, source);
    }
    const { ended, open } = source.text.push(piece.text);
    for (const line of ended) {
      this.#put(source, { stepId, nodeId, stream, at, ...line });
      source.place = null;
    }
    if (open.text !== "" || source.place !== null) {
      this.#put(source, { stepId, nodeId, stream, at, ...open });
    }
  }

  /** The places of lines that have not ended: what stands there may still change. */
  openPlaces(): number[] {
    return [...this.#sources.values()].flatMap(({ place }) => place ?? []);
  }

  /**
   * Takes lines out from the front that change no more, for whoever cannot hold a whole log.
   *
   * @param mostHeld a line that has not ended holds back at most so many behind it; then it counts as
   *   ended
   */
  takeSettled(mostHeld: number): ShownLine[] {
    const open = () => Math.min(this.lines.length, ...this.openPlaces());
    while (this.lines.length - 1 - open() > mostHeld) {
      const first = open();
      for (const source of this.#sources.values()) {
        if (source.place !== first) continue;
        source.text.letGo();
        source.place = null;
      }
    }
    const taken = this.lines.splice(0, open());
    for (const source of this.#sources.values()) {
      if (source.place !== null) source.place -= taken.length;
    }
    return taken;
  }

  #put(source: Source, line: ShownLine): void {
    if (source.place === null) source.place = this.lines.push(line) - 1;
    else this.lines[source.place] = { ...line, at: this.lines[source.place]?.at ?? line.at };
  }
}
