import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { accessProblems } from "#e2e/accessible.ts";
import { localeCookie } from "#lib/i18n/locales.ts";
import playwright from "../../playwright.config.ts";
import { openGallery } from "./gallery.ts";
import { Lighthouse } from "./lighthouse.ts";
import { measure, watchShifts } from "./measure.ts";
import { pagesOf, type UiPage } from "./pages.ts";
import { figuresTable, type PageFigures, type ScoreFigures } from "./report.ts";
import { type Person, personOf } from "./sign-in.ts";

/**
 * Holds every page of the production build against its limits, on a bank's history: `npm run check:ui`.
 * Named pages only: `npm run check:ui -- home runs`. `--write` puts the figures into docs/benchmarks.md.
 */
const limits = { script: 260_000, liveScript: 360_000, shift: 0.02, performance: 95 };
const scored = ["home", "deployment", "deployment-history", "runs", "run-init"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: "boolean", default: false },
    deployments: { type: "string", default: "500" },
    runs: { type: "string", default: "10000" },
  },
});
const wanted = ({ name }: UiPage) => positionals.length === 0 || positionals.includes(name);
const failures: string[] = [];
const figures: PageFigures[] = [];
const scores: ScoreFigures[] = [];

const amount = { deployments: Number(values.deployments), runs: Number(values.runs) };
const { product, places } = await openGallery(amount);
const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
try {
  const person = await personOf(browser, product);
  const pages = pagesOf(places).filter(wanted);
  for (const page of pages) await checkPage(browser, person, page);
  await browser.close();
  const cookie = person.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  await scorePages(
    pages.filter(({ name }) => scored.includes(name)),
    cookie,
  );
} finally {
  await browser.close();
  await product.stop();
}
console.log(figuresTable(figures, scores));
if (values.write) writeFigures();
for (const failure of failures) console.error(`FAILED ${failure}`);
if (failures.length > 0) process.exitCode = 1;

async function scorePages(pages: readonly UiPage[], cookie: string): Promise<void> {
  if (pages.length === 0) return;
  const tool = await Lighthouse.open();
  try {
    for (const { name, path } of pages) {
      const result = await tool.scoresOf(product.url + path, cookie);
      scores.push({ name, ...result });
      if (result.performance < limits.performance || result.accessibility < 100)
        failures.push(`${name}: Lighthouse ${JSON.stringify(result)}`);
      console.log(`  ${name}: Lighthouse ${result.performance}, ${result.accessibility}`);
    }
  } finally {
    await tool.close();
  }
}

async function checkPage(browser: Browser, person: Person, page: UiPage): Promise<void> {
  const found: PageFigures = { name: page.name, scriptBytes: 0, shift: 0 };
  const narrow = { width: 360, height: 780 };
  const wide = { width: 1440, height: 900 };
  // Each theme in each language, each language and each theme at each width.
  const looks = [
    { colorScheme: "light", language: "en", viewport: wide },
    { colorScheme: "dark", language: "en", viewport: narrow },
    { colorScheme: "light", language: "zh-CN", viewport: narrow },
    { colorScheme: "dark", language: "zh-CN", viewport: wide },
  ] as const;
  for (const { colorScheme, language, viewport } of looks) {
    const context = await browser.newContext({ storageState: person, viewport, colorScheme });
    await context.addCookies([{ name: localeCookie, value: language, url: product.url }]);
    await watchShifts(context);
    const tab = await context.newPage();
    const at = `${page.name}, ${colorScheme}, ${language}, ${viewport.width} px`;
    const measured = await measure(tab, product.url + page.path);
    found.scriptBytes = Math.max(found.scriptBytes, measured.scriptBytes);
    found.shift = Math.max(found.shift, measured.shift);
    const most = page.live ? limits.liveScript : limits.script;
    if (measured.scriptBytes > most)
      failures.push(`${at}: ${measured.scriptBytes} bytes of script`);
    if (measured.shift > limits.shift)
      failures.push(
        `${at}: layout shift ${measured.shift.toFixed(3)}: ${measured.moved.slice(0, 4)}`,
      );
    if (measured.overflow > 0)
      failures.push(`${at}: ${measured.overflow} px wider than its window`);
    for (const problem of measured.problems) failures.push(`${at}: ${problem}`);
    for (const problem of await accessProblems(tab)) failures.push(`${at}: ${problem}`);
    await context.close();
  }
  figures.push(found);
  console.log(`  ${page.name}`);
}

/** Replaces the interface's table in the benchmarks. */
function writeFigures(): void {
  const file = new URL("../../docs/benchmarks.md", import.meta.url);
  const [begin, end] = ["<!-- check:ui -->", "<!-- end of check:ui -->"];
  const text = readFileSync(file, "utf8");
  const [before, rest = ""] = text.split(begin);
  const [, after] = rest.split(end);
  if (before === undefined || after === undefined) throw new Error(`${file} has no ${begin}`);
  writeFileSync(file, `${before}${begin}\n${figuresTable(figures, scores)}\n${end}${after}`);
}
