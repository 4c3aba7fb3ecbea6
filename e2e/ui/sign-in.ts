import type { Browser, BrowserContext } from "@playwright/test";
import { administrator, type Product } from "#lab/product/product.ts";

export type Person = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Signs in once. @returns the cookies, for every context that is to be this person's */
export async function personOf(
  browser: Browser,
  product: Pick<Product, "url">,
  email = administrator.email,
): Promise<Person> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${product.url}/login`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  // The first page after a start, and after years of runs.
  await page.waitForURL(`${product.url}/`, { timeout: 60_000 });
  const person = await context.storageState();
  await context.close();
  return person;
}
