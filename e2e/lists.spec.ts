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

test("a run's activity is filtered and sorted; paper has the same lines in the order of time", async ({
  page,
}) => {
  await signIn(page, product);
  await page.goto(`${product.url}${run}/audit`);
  const activity = page.getByRole("table", { name: "Activity" });
  const rows = activity.getByRole("row");
  await expect(column(page, "Time", "Activity")).toHaveAttribute("aria-sort", "ascending");

  await page.getByRole("combobox", { name: "Show" }).selectOption("all");
  await page.getByRole("combobox", { name: "Host" }).selectOption("hz-1");
  await page.getByRole("searchbox", { name: "Text in entries" }).fill("docker");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/\/audit\?text=docker&part=all&host=hz-1/);
  const found = await rows.count();
  expect(found).toBeGreaterThan(2);
  await expect(rows.nth(1)).toContainText("hz-1");

  // What took longest comes first.
  await column(page, "Duration", "Activity").getByRole("link").click();
  await expect(page).toHaveURL(/\?part=all&host=hz-1&text=docker&sort=-took$/);
  await expect(column(page, "Duration", "Activity")).toHaveAttribute("aria-sort", "descending");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Print view" }).click();
  await expect(page).toHaveURL(/\/report\?part=all&host=hz-1&text=docker&sort=-took$/);
  await expect(rows).toHaveCount(found);
  const numbers = await rows.locator("td:first-child").allTextContents();
  expect(numbers).toEqual(numbers.toSorted((a, b) => Number(a) - Number(b)));
  await expectAccessible(page);
  const csv = await page.request.get(
    `${product.url}/api/v1${run}/activity.csv?part=all&host=hz-1&text=docker`,
  );
  expect((await csv.text()).split("\r\n").filter((line) => /^\d+,/.test(line))).toHaveLength(
    found - 1,
  );
});
