import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * What can be checked by rule of WCAG 2.2 AA: names, roles, contrast, sizes.
 *
 * @returns each rule that is broken, with the elements
 */
export async function accessProblems(page: Page): Promise<string[]> {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessProblems(page)).toEqual([]);
}

/** Of a connection that Chromium drops whenever a network comes or goes on the machine, such as another lab's. */
const isOfTheMachine = (text: string) => text.includes("net::ERR_NETWORK_CHANGED");

/** Errors that the browser reports. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !isOfTheMachine(message.text()))
      problems.push(message.text());
  });
  return problems;
}
