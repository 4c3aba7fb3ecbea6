// biome-ignore-all lint/suspicious/noControlCharactersInRegex: they are what this file is about.
import { type Colour, plainStyle, type Style, styleAfter } from "./text-style.ts";

/** A stretch of a line that a program coloured; `to` is the first character behind it. */
export interface Coloured {
  from: number;
  to: number;
  colour: Colour | null;
  bold: boolean;
}

/** One line as a person should see it: no control characters, colours apart from the text. */
export interface PlainLine {
  text: string;
  /** In order, without overlaps; null where nothing is coloured, which is nearly everywhere. */
  coloured: readonly Coloured[] | null;
}

/** What one piece of output did: lines it ended, and the line that is open after it. */
export interface Written {
  /** The first of them is the one that was open before, if one was. */
  ended: PlainLine[];
  open: PlainLine;
}

/** Control characters, and marks that would show a line in another order than it is written. */
const special = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const printable = /[^\0-\x08\n\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/y;
/** `ESC [` parameters intermediates final; and the part of one that could still become one. */
const control = /(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])/y;
const controlBegun = /^(?:\x1b\[|\x9b)[0-?]*[ -/]*$/;
/** `ESC ( B`, `ESC =`, `ESC 7`: a character set, a keypad mode, a saved cursor. */
const shortEscape = /\x1b[ -/]*[0-~]/y;
const shortEscapeBegun = /^\x1b[ -/]*$/;
/** What opens a string that is not text: a window title, a link's address, a device's settings. */
const stringBegins = /(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])/y;
/** What ends it. A line's end does too: a title that is never closed must not swallow the log. */
const stringEnds = /\x07|\x9c|\x1b\\|(?=[\n\x18\x1a]|\x1b[^\\])/g;
/** A sequence that is longer than this is none, characters. */
const longestControl = 256;
/** Changes of colour in one line that are kept; more is no text for people. */
const mostColours = 500;

/**
 * Reads a program's output as a terminal would, as far as lines of text go: colours are taken off
 * the text, a carriage return begins the line again (progress bars), a backspace takes a character
 * back, and everything else that is meant for a terminal (cursor, title, bell) is dropped. Pieces may
 * be cut anywhere, also inside a sequence.
 */
export class TerminalText {
  #text = "";
  #coloured: Coloured[] = [];
  #style: Style = plainStyle;
  /** A carriage return has come; whether it begins the line again shows with what follows. */
  #returned = false;
  /** Inside a string that is not text. */
  #inString = false;
  /** The beginning of a sequence whose rest has not come. */
  #held = "";
  #ended: PlainLine[] = [];

  push(piece: string): Written {
    this.#ended = [];
    const input = this.#held + piece;
    this.#held = "";
    if (this.#inString || this.#returned || this.#style !== plainStyle || special.test(input)) {
      this.#read(input);
    } else {
      this.#readPlain(input);
    }
    return { ended: this.#ended, open: this.#line() };
  }

  /** Gives the open line up as it is: what comes next begins a line. */
  letGo(): void {
    this.#beginAgain();
  }

  #readPlain(input: string): void {
    const parts = input.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      this.#text += part;
      this.#endLine();
    }
    this.#text += last;
  }

  #read(input: string): void {
    let at = 0;
    while (at < input.length) {
      const next = this.#inString ? this.#readString(input, at) : this.#readOne(input, at);
      if (next === null) {
        this.#held = input.slice(at);
        return;
      }
      at = next;
    }
  }

  /** Takes what stands at a place. @returns the place behind it; null when its rest has not come */
  #readOne(input: string, at: number): number | null {
    const text = match(printable, input, at);
    if (text) {
      this.#write(text[0]);
      return at + text[0].length;
    }
    switch (input[at]) {
      case "\n":
        this.#endLine();
        return at + 1;
      case "\r":
        this.#returned = true;
        return at + 1;
      case "\b":
        this.#takeBack();
        return at + 1;
      case "\x1b":
      case "\x9b":
        return this.#readEscape(input, at);
      default:
        this.#inString = match(stringBegins, input, at) !== null;
        return at + 1;
    }
  }

  #readEscape(input: string, at: number): number | null {
    const sequence = match(control, input, at);
    if (sequence) {
      const [whole, parameters = "", final] = sequence;
      if (final === "m") this.#style = styleAfter(this.#style, parameters);
      // "Erase the line": what was written on it goes, as a progress bar wants it.
      if (final === "K" && (parameters === "2" || this.#returned)) this.#beginAgain();
      return at + whole.length;
    }
    const string = match(stringBegins, input, at);
    if (string) {
      this.#inString = true;
      return at + string[0].length;
    }
    const rest = input.slice(at, at + longestControl);
    if (
      at + rest.length === input.length &&
      (controlBegun.test(rest) || shortEscapeBegun.test(rest))
    )
      return null;
    const short = input[at + 1] === "[" ? null : match(shortEscape, input, at);
    // Not a sequence at all: the escape character goes, what follows it is text.
    return at + (short?.[0].length ?? (input[at + 1] === "[" ? 2 : 1));
  }

  #readString(input: string, at: number): number | null {
    stringEnds.lastIndex = at;
    const end = stringEnds.exec(input);
    if (end) {
      this.#inString = false;
      return end.index + end[0].length;
    }
    // An escape character at the very end may be the first half of what closes the string.
    if (!input.endsWith("\x1b")) return input.length;
    return at === input.length - 1 ? null : input.length - 1;
  }

  #write(text: string): void {
    if (this.#returned) this.#beginAgain();
    const { colour, bold } = this.#style;
    if ((colour !== null || bold) && this.#coloured.length < mostColours) {
      const [from, to] = [this.#text.length, this.#text.length + text.length];
      const last = this.#coloured.at(-1);
      if (last?.to === from && last.colour === colour && last.bold === bold) {
        this.#coloured[this.#coloured.length - 1] = { ...last, to };
      } else {
        this.#coloured.push({ from, to, colour, bold });
      }
    }
    this.#text += text;
  }

  #takeBack(): void {
    // Half of a surrogate pair is no character.
    const pair = /[\ud800-\udbff][\udc00-\udfff]$/.test(this.#text.slice(-2));
    this.#text = this.#text.slice(0, pair ? -2 : -1);
    const to = this.#text.length;
    this.#coloured = this.#coloured.flatMap((part) =>
      part.from >= to ? [] : [{ ...part, to: Math.min(part.to, to) }],
    );
  }

  #beginAgain(): void {
    this.#text = "";
    this.#coloured = [];
    this.#returned = false;
  }

  #endLine(): void {
    this.#ended.push(this.#line());
    this.#beginAgain();
  }

  #line(): PlainLine {
    const coloured = this.#coloured.length > 0 ? [...this.#coloured] : null;
    return { text: this.#text, coloured };
  }
}

function match(pattern: RegExp, input: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(input);
}
