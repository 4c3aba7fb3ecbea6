import type { Render } from "../domain/message.ts";
import { compiledMessages } from "./compiled.ts";
import type { Locale } from "./locales.ts";
import { core } from "./messages/en/core.ts";
import { renderer } from "./render.ts";

const renderers = new Map<Locale, Render>();

/** The words of what the core says, in a language. On the server only: all catalogues come along. */
export function wordsOf(locale: Locale): Render {
  const known = renderers.get(locale);
  if (known) return known;
  const made = renderer(locale, (code) => {
    const [area = "", key = ""] = code.split(".");
    if (!(area in core)) return undefined;
    return compiledMessages(locale, area as keyof typeof core)[key] as never;
  });
  renderers.set(locale, made);
  return made;
}
