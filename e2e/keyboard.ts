import { expect, type Locator, type Page } from "@playwright/test";

/** More than any page has stops; a plan of 57 opened steps has most of them. */
const mostStops = 400;

/** A person without a mouse: they see where they are, or are lost. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Tabs from stop to stop until this one; each stop on the way must be visible. */
  async to(target: Locator): Promise<void> {
    await target.waitFor();
    for (let stop = 0; stop < mostStops; stop++) {
      if (await isFocused(target)) return this.#expectVisible();
      await this.#page.keyboard.press("Tab");
      await this.#expectVisible();
    }
    throw new Error(`no way by Tab to ${target}`);
  }

  /** Tabs to a link or a button and presses it. */
  async press(target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.press(key);
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.type(text);
  }

  /** Through the search, from wherever the focus is. */
  async goTo(text: string): Promise<void> {
    const found = this.#page.getByRole("option", { name: text }).first();
    await this.#page.keyboard.press("Control+k");
    await expect(this.#page.getByRole("combobox").first()).toBeFocused();
    await this.#page.keyboard.type(text);
    await expect(found).toHaveAttribute("aria-selected", "true");
    await this.#page.keyboard.press("Enter");
  }

  /** The focus has a place on the page: after a dialog, after another page. */
  async expectPlace(): Promise<void> {
    await expect
      .poll(() => this.#page.evaluate(() => document.activeElement?.tagName ?? "BODY"))
      .not.toBe("BODY");
  }

  /** What has the focus is drawn with an outline, within the window, and under nothing. */
  async #expectVisible(): Promise<void> {
    const problem = await this.#page.evaluate(async () => {
      const element = document.activeElement;
      // Behind its last stop a page hands the focus to the browser.
      if (!element || element === document.body) return null;
      const words = element.outerHTML.slice(0, 160);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      if (!element.isConnected) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const hidden = element.matches("main") || element.closest("[cmdk-root]");
      if (!hidden && (outlineStyle === "none" || outlineWidth === "0px"))
        return `no outline: ${words}`;
      const { top, bottom, width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) return `no size: ${words}`;
      return bottom < 0 || top > window.innerHeight ? `out of sight: ${words}` : null;
    });
    expect(problem).toBeNull();
  }
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
