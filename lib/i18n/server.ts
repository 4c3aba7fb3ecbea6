import { cookies, headers } from "next/headers";
import { cache, use } from "react";
import { createTranslator } from "use-intl/core";
import { compiledMessages } from "./compiled.ts";
import { chooseLocale, type Locale, localeCookie } from "./locales.ts";
import type { Namespace } from "./messages/en.ts";
import type { Said } from "./said.ts";
import { saidIn } from "./said-in.ts";
import type { Translator } from "./types.ts";

/** The language of this request. */
export const getLocale = cache(
  async (): Promise<Locale> =>
    chooseLocale(
      (await cookies()).get(localeCookie)?.value,
      (await headers()).get("accept-language"),
    ),
);

const translatorFor = cache((locale: Locale, namespace: Namespace) =>
  createTranslator({
    locale,
    messages: { [namespace]: compiledMessages(locale, namespace) },
    namespace,
    timeZone: "UTC",
  } as never),
);

/** For async server components, metadata, and whatever else runs for a request. */
export async function getTranslations<Of extends Namespace>(
  namespace: Of,
): Promise<Translator<Of>> {
  return translatorFor(await getLocale(), namespace) as unknown as Translator<Of>;
}

/** As in the browser, for server components that are not async. */
export function useTranslations<Of extends Namespace>(namespace: Of): Translator<Of> {
  return translatorFor(use(getLocale()), namespace) as unknown as Translator<Of>;
}

/** As in the browser, for server components that are not async. */
export function useLocale(): Locale {
  return use(getLocale());
}

/** What the core says, in the language of this request. */
export async function getSaid(): Promise<Said> {
  return saidIn[await getLocale()];
}

/** As in the browser, for server components that are not async. */
export function useSaid(): Said {
  return saidIn[use(getLocale())];
}
