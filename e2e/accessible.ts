import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * What can be checked by rule of WCAG 2.2 AA: names, roles, contrast. The bars of the timeline may be
 * thin: the log's choice of a step does the same at full size.
 *
 * @returns each rule that is broken, with the elements
 */
export async function accessProblems(page: Page): Promise<string[]> {
  const timeline = ":is(section[aria-label=Timeline], section[aria-label=时间线])";
  const rules = () =>
    new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  const looks = [await rules().exclude(timeline).analyze()];
  if ((await page.locator(timeline).count()) > 0) {
    looks.push(await rules().include(timeline).disableRules("target-size").analyze());
  }
  return looks
    .flatMap(({ violations }) => violations)
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessProblems(page)).toEqual([]);
}

/** Errors that the browser reports. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return problems;
}
