import { Secret } from "#lib/domain/secret.ts";

/** Shorter values are not masked: they would blot out half of every text, and guessing them is easy. */
export const shortestSecret = 4;

/** Sealed as well, but no secret: an authority's bundle has hundreds of lines to look for in every text. */
const forEverybody = /^-----BEGIN (CERTIFICATE|PUBLIC KEY)-----/;

/** The guises in which a value shows up in commands, statements, JSON, addresses and headers. */
function formsOf(value: string): string[] {
  const sql = Array.from(value, (char) => sqlEscapes[char] ?? char).join("");
  const bytes = Buffer.from(value, "utf8");
  const url = encodeURIComponent(value);
  const strictUrl = url.replaceAll(
    /[!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const lines = value.split(/\r?\n/).filter((line) => !/^-----(BEGIN|END) /.test(line));
  return [
    value,
    value.replaceAll("'", `'\\''`),
    sql,
    value.replaceAll("'", "''"),
    value.replaceAll("\\", "\\\\").replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    url,
    url.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    strictUrl,
    strictUrl.replaceAll("%20", "+"),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    // Output comes in lines: a private key's lines are told apart from each other.
    ...(lines.length > 1 ? lines.filter((line) => line.length >= 8) : []),
  ];
}

const sqlEscapes: Record<string, string> = {
  "\0": "\\0",
  "\n": "\\n",
  "\r": "\\r",
  "\b": "\\b",
  "\t": "\\t",
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\x1a": "\\Z",
};

/** Removes registered secrets from texts; knows each in its usual encodings. */
export class Redactor {
  readonly #forms = new Set<string>();

  /** Values shorter than four characters are ignored; so is an encoding that short. */
  register(...secrets: readonly (Secret | string | null | undefined)[]): void {
    for (const secret of secrets) {
      const value = secret instanceof Secret ? secret.reveal() : secret;
      if (!value || value.length < shortestSecret || forEverybody.test(value)) continue;
      for (const form of formsOf(value)) if (form.length >= shortestSecret) this.#forms.add(form);
    }
  }

  get forms(): readonly string[] {
    return [...this.#forms];
  }

  redact(text: string): string {
    return maskSpans(text, secretSpans(text, this.forms), Secret.mask);
  }
}

/** From and to (exclusive) of every place that any form covers; touching places are one. */
export function secretSpans(text: string, forms: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const form of forms) {
    // Places may overlap ("aa" in "aaa"), within one form and between forms: find them all.
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      found.push([at, at + form.length]);
    }
  }
  found.sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [from, to] of found) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function maskSpans(text: string, spans: readonly [number, number][], mask: string): string {
  let result = "";
  let end = 0;
  for (const [from, to] of spans) {
    result += text.slice(end, from) + mask;
    end = to;
  }
  return result + text.slice(end);
}
