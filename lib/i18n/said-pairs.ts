import type { Locale } from "./locales.ts";
import { en } from "./messages/en.ts";
import { zhCN } from "./messages/zh-CN.ts";
import type { Pair } from "./said.ts";

/** What the core says in a language that is not its own; nothing for English. */
export function saidPairs(locale: Locale): Pair[] {
  if (locale === "en") return [];
  const translated: Record<string, string> = zhCN.said;
  return Object.entries(en.said).map(([key, english]) => [english, translated[key] ?? english]);
}
