import { createHmac, randomBytes } from "node:crypto";
import type { ConfigEntry } from "#lib/domain/facts.ts";
import { looksSecret } from "./secret-names.ts";

/**
 * Passwords are compared by a hash under a key that lives as long as this process: what is stored
 * of a look cannot be tried against a list of passwords.
 */
const processKey = randomBytes(32);

/** A text that is equal for equal values within this process and tells nothing of the value. */
export function mark(value: unknown): string {
  return createHmac("sha256", processKey).update(JSON.stringify(value)).digest("hex");
}

/** So many keys are shown one by one; OMS has some thirty. */
const mostKeys = 300;
/** Longer values are cut, in characters. */
const longest = 240;
/** Shorter secrets are not looked for in other values: they would be found everywhere. */
const shortest = 4;

/**
 * What a config.yaml says, key by key, as it may be shown: nested keys joined with dots, a list as one
 * value. A value is secret when a name on its way looks like one, or when a secret stands in it.
 */
export function configEntries(value: Record<string, unknown>): ConfigEntry[] {
  const leaves = flatten(value, "", false);
  const secrets = leaves
    .filter(({ secret }) => secret)
    .map(({ value: one }) => String(one))
    .filter((text) => text.length >= shortest);
  const entries = leaves.map(({ key, value: one, secret }): ConfigEntry => {
    const text = typeof one === "string" ? one : JSON.stringify(one);
    if (
      secret ||
      secrets.some((known) => text.includes(known)) ||
      /:\/\/[^/@\s]*:[^/@\s]*@/.test(text)
    )
      return { key, value: mark(one), secret: true };
    return {
      key,
      // Cut values still differ when their ends do.
      value: text.length > longest ? `${text.slice(0, longest)}… (${mark(one).slice(0, 8)})` : text,
      secret: false,
    };
  });
  if (entries.length <= mostKeys) return entries;
  const rest = leaves.slice(mostKeys).map(({ key, value: one }) => [key, one]);
  return [
    ...entries.slice(0, mostKeys),
    { key: "… further keys", value: mark(rest), secret: true },
  ];
}

interface Leaf {
  key: string;
  value: unknown;
  secret: boolean;
}

function flatten(value: object, prefix: string, secret: boolean): Leaf[] {
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, inner]: [string, unknown]): Leaf[] => {
      const key = prefix === "" ? name : `${prefix}.${name}`;
      const hidden = secret || looksSecret(name);
      return inner !== null && typeof inner === "object" && !Array.isArray(inner)
        ? flatten(inner, key, hidden)
        : [{ key, value: inner, secret: hidden || holdsSecret(inner) }];
    });
}

/** Whether a list has something with a secret-looking name in it. */
function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([name, inner]) => looksSecret(name) || holdsSecret(inner));
}
