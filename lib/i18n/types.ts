import type { useTranslations } from "use-intl";
import type { Locale } from "./locales.ts";
import type { Messages, Namespace } from "./messages/en.ts";

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** What turns a namespace's keys into words; for functions that are given it. */
export type Translator<Of extends Namespace> = ReturnType<typeof useTranslations<Of>>;
