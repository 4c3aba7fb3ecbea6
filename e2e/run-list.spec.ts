import { expect, test } from "@playwright/test";
import { Product } from "#lab/product/product.ts";
import { expectAccessible } from "./accessible.ts";
import { signIn } from "./journey.ts";
import { startPlayer } from "./start-player.ts";

test("runs are sorted by a column; the address says so", async ({ page }) => {
  const product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  try {
    for (const scene of ["succeeded", "failed"]) await (await startPlayer(product, scene)).ended;
    await signIn(page, product);
    await page.goto(`${product.url}/runs`);
    const column = (name: string) => page.getByRole("columnheader", { name, exact: true });
    await expect(column("Started")).toHaveAttribute("aria-sort", "descending");

    await column("Deployment").getByRole("link").click();
    await expect(page).toHaveURL(/\/runs\?sort=deployment$/);
    await expect(column("Deployment")).toHaveAttribute("aria-sort", "ascending");
    const first = page.getByRole("row").nth(1);
    await expect(first).toContainText("OMS Hangzhou, failed");
    await column("Deployment").getByRole("link").click();
    await expect(first).toContainText("OMS Hangzhou, succeeded");

    await expectAccessible(page);
    // A filter keeps the order.
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await expect(page).toHaveURL(/sort=-deployment/);
  } finally {
    await product.stop();
  }
});
