import { expect, type Page, test } from "@playwright/test";
import { Product } from "#lab/product/product.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy.ts";
import { signIn } from "./journey.ts";
import { startPlayer } from "./start-player.ts";

/** So many times as fast as in earnest: slow enough for a cut and a reload in the middle. */
const speed = 10;

let product: Product;
let proxy: CuttingProxy;

test.beforeAll(async () => {
  product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  proxy = await startCuttingProxy(product.port);
});

test.afterAll(async () => {
  await proxy?.stop();
  await product?.stop();
});

test("two browsers on one run, in other languages and sizes, tell the same from beginning to end", async ({
  browser,
}) => {
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const phone = await browser.newContext({
    ...{ viewport: { width: 360, height: 780 }, colorScheme: "dark", reducedMotion: "reduce" },
  });
  const english = new Watcher(await desk.newPage(), product.url, "en");
  const chinese = new Watcher(await phone.newPage(), proxy.url, "zh-CN");
  for (const one of [english, chinese]) await one.signIn();
  const player = await startPlayer(product, "backup", "--live", String(speed));
  await Promise.all([english, chinese].map((one) => one.open(player.path)));

  // One loses its connection, the other is loaded anew, and what happens goes on.
  await expect.poll(() => english.percentDone()).toBeGreaterThan(0);
  expect(proxy.cut()).toBeGreaterThan(0);
  const before = await english.percentDone();
  await expect.poll(() => english.percentDone(), { timeout: 60_000 }).toBeGreaterThan(before);
  await english.page.reload();
  await expect.poll(() => chinese.percentDone(), { timeout: 60_000 }).toBeGreaterThan(before);

  await player.ended;
  for (const one of [english, chinese]) await one.expectEnd();
  await expect.poll(async () => (await chinese.told()).lines).toBe((await english.told()).lines);
  const told = await english.told();
  for (const moment of told.moments) expect(moment).toMatch(/^\d\d:\d\d:\d\d\s+\S/);
  expect(told.lines).toBeGreaterThan(20);
  expect(await chinese.told()).toEqual(told);
  await desk.close();
  await phone.close();
});

/** Somebody who looks at a run's page in a language. */
class Watcher {
  readonly page: Page;
  readonly #url: string;
  readonly #locale: Locale;

  constructor(page: Page, url: string, locale: Locale) {
    this.page = page;
    this.#url = url;
    this.#locale = locale;
  }

  get #outage() {
    const name = translatorFor("runs", this.#locale)("outage");
    return this.page.getByRole("region", { name, exact: true });
  }

  async signIn(): Promise<void> {
    await signIn(this.page, { url: this.#url });
    const cookie = { name: "uplift-language", value: this.#locale, url: this.#url };
    await this.page.context().addCookies([cookie]);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
    await expect(this.page.locator("html")).toHaveAttribute("lang", this.#locale);
  }

  /** How far the page says the leg is. */
  async percentDone(): Promise<number> {
    const name = translatorFor("runs", this.#locale)("steps");
    const bar = this.#outage.getByRole("progressbar", { name });
    return Number(await bar.getAttribute("aria-valuenow"));
  }

  async expectEnd(): Promise<void> {
    const over = translatorFor("runs", this.#locale)("outageOver");
    await expect(this.#outage.getByText(over)).toBeVisible();
    // What is looked at afterwards follows the outage.
    await expect.poll(() => this.percentDone()).toBe(100);
  }

  /** What is the same in every language. */
  async told() {
    const t = translatorFor("runs", this.#locale);
    const log = this.page.getByRole("region", { name: t("log"), exact: true });
    const toolbar = await log.locator("header p").last().textContent();
    return {
      percent: await this.percentDone(),
      moments: await this.#outage.locator("dl dd").allInnerTexts(),
      lines: Number(/\d[\d,]*/.exec(toolbar ?? "")?.[0].replaceAll(",", "")),
    };
  }
}
