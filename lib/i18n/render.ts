import format, { type CompiledMessage } from "icu-minify/format";
import type { Message, Param, Render, Text } from "../domain/message.ts";
import type { Locale } from "./locales.ts";

/** The compiled words of a code; none where the code is of another version. */
export type Lookup = (code: string) => CompiledMessage | undefined;

/** How the parts of a list are joined, by the message that it stands in. */
const joined: Record<Locale, Record<string, (parts: string[]) => string>> = {
  en: {
    "text.sentences": (parts) => parts.join(" "),
    "text.semicolons": (parts) => parts.join("; "),
    "text.and": (parts) => new Intl.ListFormat("en").format(parts),
  },
  "zh-CN": {
    "text.sentences": (parts) =>
      parts.reduce((before, part) => before + (/[\x21-\x7e]$/.test(before) ? " " : "") + part, ""),
    "text.semicolons": (parts) => parts.join("；"),
    "text.and": (parts) => new Intl.ListFormat("zh-CN").format(parts),
  },
};
const comma = { en: ", ", "zh-CN": "、" };

/** A code without words is of another version of Uplift: it is shown as it is. Pure. */
export function renderer(locale: Locale, lookup: Lookup): Render {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const options = {
    formatters: {
      getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
        new Intl.DateTimeFormat(...args),
      getNumberFormat: () => numbers,
      getPluralRules: () => plurals,
    },
  };

  function render(text: Text): string {
    if (typeof text === "string") return text;
    const words = lookup(text.code);
    if (words === undefined) return `${text.code} ${JSON.stringify(text.params ?? {})}`;
    const values = Object.entries(text.params ?? {}).map(([name, param]) => [
      name,
      value(param, text.code),
    ]);
    return String(format(words, locale, Object.fromEntries(values), options));
  }

  function value(param: Param, code: string): string | number {
    if (typeof param === "number") return param;
    if (typeof param === "string" || !isList(param)) return render(param);
    const parts = param.map((part) => (typeof part === "number" ? String(part) : render(part)));
    return joined[locale][code]?.(parts) ?? parts.join(comma[locale]);
  }

  return render;
}

const isList = (param: Message | readonly (Text | number)[]): param is readonly (Text | number)[] =>
  Array.isArray(param);
