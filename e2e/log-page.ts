import { expect, type Locator, type Page } from "@playwright/test";

/** The log viewer of a run's page, as a person works with it. */
export class LogPage {
  readonly page: Page;
  readonly box: Locator;
  readonly section: Locator;
  readonly follow: Locator;
  readonly find: Locator;
  readonly hits: Locator;

  constructor(page: Page) {
    this.page = page;
    this.section = page.getByRole("region", { name: "Log", exact: true });
    this.box = page.getByRole("log");
    this.follow = this.section.getByRole("button", { name: "Follow the end" });
    this.find = this.section.getByRole("searchbox", { name: "Find in the log" });
    this.hits = this.section.getByRole("search").getByRole("status");
  }

  /** How many lines the page says it has. */
  async count(): Promise<number> {
    const text = await this.section.getByText(/^[\d,]+( of [\d,]+)? lines?$/).textContent();
    return Number(/([\d,]+) line/.exec(text ?? "")?.[1]?.replaceAll(",", "") ?? 0);
  }

  async waitForCount(least: number, timeout = 20_000): Promise<void> {
    await expect
      .poll(() => this.count().catch(() => 0), { timeout, intervals: [50] })
      .toBeGreaterThanOrEqual(least);
  }

  /** Pixels between the end and what is in sight. */
  toEnd(): Promise<number> {
    return this.box.evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
    );
  }

  /** The texts of the lines in sight, without their time and host. */
  inSight(): Promise<string[]> {
    return this.box.evaluate((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return [...box.querySelectorAll("[data-index]")]
        .filter((row) => {
          const { top: from, bottom: to } = row.getBoundingClientRect();
          return from >= top && to <= bottom;
        })
        .map((row) => row.firstElementChild?.lastElementChild?.textContent ?? "");
    });
  }

  async scroll(pixels: number): Promise<void> {
    await this.box.hover();
    await this.page.mouse.wheel(0, pixels);
  }

  /** All that is shown, by way of the clipboard. */
  async copyAll(): Promise<string[]> {
    // The button says "Copied" for a moment only, which a busy machine misses.
    await this.page.evaluate(() => navigator.clipboard.writeText(""));
    await this.section.getByRole("button", { name: "Copy the lines shown" }).click();
    const copied = () => this.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(async () => (await copied()).length).toBeGreaterThan(0);
    return (await copied()).split("\n");
  }
}
