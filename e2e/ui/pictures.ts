import { mkdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { type Locale, localeCookie, locales } from "#lib/i18n/locales.ts";
import playwright from "../../playwright.config.ts";
import { openGallery } from "./gallery.ts";
import { pagesOf, type UiPage } from "./pages.ts";
import { personOf } from "./sign-in.ts";

/**
 * Takes the picture of every page and of every state of a run, in both themes and both languages, at a
 * desk and on a phone, into docs/images/pages, which is not under version control; those of the documentation
 * go to docs/images as well, each as a window of 1440 by 900: `npm run pictures`, named pages only
 * `npm run pictures -- home runs`.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const directory = new URL("../../docs/images/pages/", import.meta.url).pathname;
const images = new URL("../../docs/images/", import.meta.url).pathname;
const inDocs = [
  "home",
  "deployment",
  "wizard-plan",
  "run-init",
  "run-failed",
  "report",
  "rollback",
];

const themes = ["light", "dark"] as const;
const languages = Object.keys(locales) as Locale[];
const widths = [
  { name: "desk", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;

if (positionals.length === 0) rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
const wanted = ({ name }: UiPage) => positionals.length === 0 || positionals.includes(name);
const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
try {
  for (const language of languages)
    for (const colorScheme of themes) await takePictures(language, colorScheme);
} finally {
  await browser.close();
}

async function takePictures(language: Locale, colorScheme: (typeof themes)[number]): Promise<void> {
  const { product, places } = await openGallery({ deployments: 12, runs: 60 }, true);
  try {
    const person = await personOf(browser, product);
    const pages = pagesOf(places).filter(wanted);
    for (const { name: screen, ...viewport } of widths) {
      const context = await browser.newContext({
        storageState: person,
        colorScheme,
        viewport,
        reducedMotion: "reduce",
      });
      await context.addCookies([{ name: localeCookie, value: language, url: product.url }]);
      const tab = await context.newPage();
      for (const { name, path, live } of pages) {
        await tab.goto(product.url + path, { waitUntil: "load" });
        // A page at rest: fonts there, what is fetched after hydration, too.
        await tab.evaluate(() => document.fonts.ready);
        await tab.waitForTimeout(live ? 2_000 : 800);
        const file = `${name}-${colorScheme}-${language}`;
        // What is out of sight is not drawn until somebody scrolls there; a picture shows all of it.
        await tab.addStyleTag({ content: "* { content-visibility: visible !important }" });
        await tab.screenshot({ path: `${directory}${file}-${screen}.png`, fullPage: true });
        if (screen === "desk" && inDocs.includes(name))
          await tab.screenshot({ path: `${images}${file}.jpg`, type: "jpeg", quality: 80 });
      }
      await context.close();
      console.log(`${language}, ${colorScheme}, ${screen}: ${pages.length} pages`);
    }
  } finally {
    await product.stop();
  }
}
