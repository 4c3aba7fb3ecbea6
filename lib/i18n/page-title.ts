import type { Metadata } from "next";
import type { en } from "./messages/en.ts";
import { getTranslations } from "./server.ts";

/** A page's `generateMetadata`: its title in the language of the request. */
export function pageTitle(key: keyof typeof en.app.titles & string): () => Promise<Metadata> {
  return async () => ({ title: (await getTranslations("app"))(`titles.${key}`) });
}
