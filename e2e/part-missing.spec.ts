import { expect, test } from "@playwright/test";
import { Product } from "#lab/product/product.ts";
import { signIn } from "./journey.ts";

test("a menu that cannot be fetched says so, and a reload brings it back", async ({
  page,
  context,
}) => {
  const product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  try {
    await signIn(page, product);
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await page.getByRole("button", { name: "Language" }).click();
    await expect(page.getByText("A part of this page could not be loaded")).toBeVisible();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Reload the page" }).click();
    await page.getByRole("button", { name: "Language" }).click();
    await expect(page.getByRole("menuitemradio", { name: "中文" })).toBeVisible();
  } finally {
    await product.stop();
  }
});
