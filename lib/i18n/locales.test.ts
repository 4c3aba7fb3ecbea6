import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLocale } from "./locales.ts";

const cases: [cookie: string | undefined, accept: string | null, locale: string][] = [
  [undefined, null, "en"],
  [undefined, "", "en"],
  [undefined, "de-DE,de;q=0.9", "en"],
  [undefined, "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  [undefined, "zh", "zh-CN"],
  [undefined, "zh-TW,en;q=0.5", "zh-CN"],
  [undefined, "en-GB,zh-CN;q=0.9", "en"],
  [undefined, "de,zh-CN;q=0.9,en;q=0.4", "zh-CN"],
  [undefined, "en;q=0.2,zh;q=0.7", "zh-CN"],
  [undefined, "zh;q=0", "en"],
  ["en", "zh-CN", "en"],
  ["zh-CN", "en", "zh-CN"],
  ["fr", "zh-CN", "zh-CN"],
];

test("the person's choice counts, then what the browser prefers, then English", () => {
  for (const [cookie, accept, locale] of cases) {
    assert.equal(chooseLocale(cookie, accept), locale, `${cookie} ${accept}`);
  }
});
