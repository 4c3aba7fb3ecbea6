import type { Render } from "../domain/message.ts";
import type { Locale } from "./locales.ts";
import { sayer } from "./said.ts";
import { saidPairs } from "./said-pairs.ts";
import "./english.ts";
import { wordsOf } from "./words-of.ts";

const sayChinese = sayer(saidPairs("zh-CN"));

/**
 * What the core says, in a language. Plain texts are of earlier versions, or of a part of the core that still
 * makes sentences.
 */
export const saidIn: Record<Locale, Render> = {
  en: wordsOf("en"),
  "zh-CN": (text) => (typeof text === "string" ? sayChinese(text) : wordsOf("zh-CN")(text)),
};
