/** How one copy differs from its stencil. */
export interface Copy {
  /** Another text for an id, hash or word that stands there; the same text where it is not named. */
  other(text: string): string;
  /** When that moment was in the copy; ms since the epoch. */
  moment(ms: number): number;
  /** How long a command took in the copy; ms. */
  duration(ms: number): number;
}

type Slot =
  | { kind: "text"; text: string }
  | { kind: "moment"; ms: number; zone: string }
  | { kind: "duration"; ms: number };

const ids = String.raw`\b(?:dep|reg|nod|crd|sec|pln|run|cmd|pre|usr)_[a-z0-9]{12,24}\b`;
const hashes = String.raw`\b[0-9a-f]{64}\b`;
const instants = String.raw`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|\+00:00)`;
/** In JSON within JSON the quote has a backslash before it. */
const durations = String.raw`(?<=durationMs\\*":)\d+`;

/** A text that is copied many times with other ids, words and times: cut into pieces once. */
export class Stencil {
  readonly #pieces: string[] = [];
  readonly #slots: Slot[] = [];

  /** @param words more texts that a copy may name otherwise */
  constructor(text: string, words: readonly string[]) {
    const wanted = [...words]
      .sort((a, b) => b.length - a.length)
      .map((word) => RegExp.escape(word))
      .map((word) => `(?<![A-Za-z0-9])${word}(?![A-Za-z0-9])`);
    const all = new RegExp([ids, hashes, instants, durations, ...wanted].join("|"), "g");
    let from = 0;
    for (const { 0: found, index } of text.matchAll(all)) {
      this.#pieces.push(text.slice(from, index));
      this.#slots.push(slotOf(found));
      from = index + found.length;
    }
    this.#pieces.push(text.slice(from));
  }

  copy(copy: Copy): string {
    let text = this.#pieces[0] ?? "";
    for (const [index, slot] of this.#slots.entries()) {
      text += filled(slot, copy) + this.#pieces[index + 1];
    }
    return text;
  }
}

function slotOf(found: string): Slot {
  if (/^\d+$/.test(found)) return { kind: "duration", ms: Number(found) };
  if (/^\d{4}-\d\d-\d\dT/.test(found)) {
    return { kind: "moment", ms: Date.parse(found), zone: found.endsWith("Z") ? "Z" : "+00:00" };
  }
  return { kind: "text", text: found };
}

function filled(slot: Slot, copy: Copy): string {
  switch (slot.kind) {
    case "text":
      return copy.other(slot.text);
    case "duration":
      return String(Math.round(copy.duration(slot.ms)));
    case "moment":
      return new Date(copy.moment(slot.ms)).toISOString().replace("Z", slot.zone);
  }
}
