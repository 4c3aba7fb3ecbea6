/** Next's bundles and server.ts load this file each for themselves; `instanceof` must hold across. */
const brand = Symbol.for("uplift.secret");

/**
 * A value that must never be seen: passwords, private keys, passphrases.
 *
 * The text is reachable through `reveal()` alone, so `grep reveal` finds every place that may leak.
 * String conversion, JSON and `console.log` all give the mask.
 */
export class Secret {
  static readonly mask = "••••••";
  readonly #text: string;
  readonly [brand] = true;

  constructor(text: string) {
    this.#text = text;
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }

  /** The text itself: call it only where the value leaves for SSH, SQL or encryption. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return Secret.mask;
  }

  toJSON(): string {
    return Secret.mask;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return Secret.mask;
  }
}
