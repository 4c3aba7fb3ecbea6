import { createTranslator } from "use-intl/core";
import type { Locale } from "./locales.ts";
import { en, type Namespace } from "./messages/en.ts";
import { zhCN } from "./messages/zh-CN.ts";
import type { Translator } from "./types.ts";

/** What `useTranslations` gives a component, for tests of functions that take it. */
export function translatorFor<Of extends Namespace>(
  namespace: Of,
  locale: Locale = "en",
): Translator<Of> {
  const messages = locale === "en" ? en : zhCN;
  return createTranslator({ locale, messages, namespace } as never) as unknown as Translator<Of>;
}
