import { Secret } from "#lib/domain/secret.ts";
import { maskSpans, type Redactor, secretSpans } from "./redact.ts";

/** A redacted piece of a stream. */
export interface RedactedText {
  text: string;
  /** Bytes of the source that are out with this piece, from the start of the stream. */
  sourceEnd: number;
}

/** One character per byte: positions are byte positions, and a form is found in cut UTF-8 too. */
const asBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/**
 * Redacts a stream of bytes that arrives in arbitrary chunks. Whole lines are let through as they
 * come; a longer line goes out in parts, but never cut inside a secret or inside a character.
 * `sourceEnd` is a position at which the stream can be taken up again.
 */
export class StreamRedactor {
  readonly #redactor: Redactor;
  readonly #maxHold: number;
  #held = "";
  #sourceEnd: number;

  /**
   * @param from the byte position of the first byte that will be pushed
   * @param maxHold bytes of an unfinished line that are held before parts of it go out
   */
  constructor(redactor: Redactor, from = 0, maxHold = 16 * 1024) {
    this.#redactor = redactor;
    this.#sourceEnd = from;
    this.#maxHold = maxHold;
  }

  /** Null: everything is held until more is known. */
  push(bytes: Uint8Array): RedactedText | null {
    this.#held += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const line = Math.max(this.#held.lastIndexOf("\n"), this.#held.lastIndexOf("\r")) + 1;
    const wanted = this.#held.length - line > this.#maxHold ? this.#held.length : line;
    return this.#release(wanted, true);
  }

  /** What can go out of an unfinished line, e.g. when nothing more has come for a while. */
  drain(): RedactedText | null {
    return this.#release(this.#held.length, true);
  }

  /** The rest, at the end of the stream. */
  end(): RedactedText | null {
    return this.#release(this.#held.length, false);
  }

  #release(wanted: number, moreMayCome: boolean): RedactedText | null {
    const forms = this.#redactor.forms.map(asBytes);
    const cut = moreMayCome
      ? safeCut(this.#held, characterBoundary(this.#held, wanted), forms)
      : wanted;
    if (cut === 0) return null;
    const out = this.#held.slice(0, cut);
    this.#held = this.#held.slice(cut);
    this.#sourceEnd += cut;
    const masked = maskSpans(out, secretSpans(out, forms), asBytes(Secret.mask));
    return {
      text: Buffer.from(masked, "latin1").toString("utf8"),
      sourceEnd: this.#sourceEnd,
    };
  }
}

/** The last position up to `cut` inside no form: neither a whole one nor one that may yet continue. */
function safeCut(text: string, cut: number, forms: readonly string[]): number {
  let safe = cut;
  for (;;) {
    const start = startOfStraddling(text, safe, forms);
    if (start === undefined) return safe;
    safe = start;
  }
}

function startOfStraddling(text: string, cut: number, forms: readonly string[]) {
  for (const form of forms) {
    for (let start = Math.max(0, cut - form.length + 1); start < cut; start++) {
      if (form.startsWith(text.slice(start, start + form.length))) return start;
    }
  }
  return undefined;
}

/** `cut`, or the start of the UTF-8 character that it would split or that is not complete yet. */
function characterBoundary(text: string, cut: number): number {
  for (let back = 1; back <= Math.min(3, cut); back++) {
    const byte = text.charCodeAt(cut - back);
    if (byte < 0x80) return cut;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? cut - back : cut;
    }
  }
  return cut;
}
