import { expect, type Page, test } from "@playwright/test";
import { Product } from "#lab/product/product.ts";
import { expectAccessible } from "./accessible.ts";
import { signIn } from "./journey.ts";
import { startPlayer } from "./start-player.ts";

let product: Product;
let run = "";

test.beforeAll(async () => {
  product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  // Two deployments; the second one's run is the later one.
  for (const scene of ["succeeded", "failed"]) {
    const player = await startPlayer(product, scene);
    await player.ended;
    run = player.path;
  }
});

test.afterAll(async () => {
  await product?.stop();
});

function column(page: Page, name: string, table = "") {
  const within = table === "" ? page : page.getByRole("table", { name: table, exact: true });
  return within.getByRole("columnheader", { name, exact: true });
}

test("deployments are sorted by a column; the address says so", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/deployments`);
  await expect(column(page, "Name")).toHaveAttribute("aria-sort", "ascending");
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText("OMS Hangzhou, failed");

  await column(page, "Name").getByRole("link").click();
  await expect(page).toHaveURL(/\/deployments\?sort=-name$/);
  await expect(column(page, "Name")).toHaveAttribute("aria-sort", "descending");
  await expect(first).toContainText("OMS Hangzhou, succeeded");

  // A moment is sorted from the newest, then from the oldest; by keyboard, which stays where it is.
  await column(page, "Run").getByRole("link").press("Enter");
  await expect(page).toHaveURL(/\/deployments\?sort=-run$/);
  await expect(column(page, "Run")).toHaveAttribute("aria-sort", "descending");
  await expect(column(page, "Name")).not.toHaveAttribute("aria-sort");
  await expect(first).toContainText("OMS Hangzhou, failed");
  await expect(column(page, "Run").getByRole("link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/deployments\?sort=run$/);
  await expect(first).toContainText("OMS Hangzhou, succeeded");

  await expectAccessible(page);
  // A filter keeps the order, and so does its end.
  await page.getByRole("searchbox", { name: "Text in deployment" }).fill("succeeded");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/text=succeeded.*sort=run/);
  await expect(page.getByRole("row")).toHaveCount(1 + 1);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL(/\/deployments\?sort=run$/);
  await expect(page.getByRole("row")).toHaveCount(1 + 2);
});

test("the audit is read from its first entry; the address says so", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/audit`);
  await expect(column(page, "No.")).toHaveAttribute("aria-sort", "descending");

  await column(page, "When").getByRole("link").click();
  await expect(page).toHaveURL(/\/audit\?sort=no$/);
  await expect(column(page, "No.")).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("row").nth(1).getByRole("cell").first()).toHaveText("1");

  await expectAccessible(page);
  // A filter keeps the order.
  await page.getByRole("combobox", { name: "Kind of target" }).selectOption("user");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/type=user.*sort=no/);
  await column(page, "No.").getByRole("link").click();
  await expect(page).toHaveURL(/\/audit\?type=user$/);
});

test("a run's story and its commands are sorted on the screen, and printed in time", async ({
  page,
}) => {
  await signIn(page, product);
  await page.goto(`${product.url}${run}/audit?view=table`);
  const story = "Story as a table";
  await expect(column(page, "Time", story)).toHaveAttribute("aria-sort", "ascending");
  const first = page.getByRole("table", { name: story }).getByRole("row").nth(1);
  const number = await first.getByRole("cell").first().textContent();

  // What to look at comes first.
  await column(page, "Outcome", story).getByRole("link").click();
  await expect(page).toHaveURL(/\/audit\?view=table&sort=outcome$/);
  await expect(first).toContainText("Failed");
  await column(page, "Duration", "Commands").getByRole("link").click();
  await expect(page).toHaveURL(/\?view=table&sort=outcome&commands=-duration$/);
  await expect(column(page, "Outcome", story)).toHaveAttribute("aria-sort", "ascending");
  await expect(column(page, "Duration", "Commands")).toHaveAttribute("aria-sort", "descending");
  await expectAccessible(page);

  const rows = await page.getByRole("table", { name: story }).getByRole("row").count();
  await page.emulateMedia({ media: "print" });
  await expect(first.getByRole("cell").first()).toHaveText(number ?? "");
  await expect(page.getByRole("table", { name: story }).getByRole("row")).toHaveCount(rows);
});
