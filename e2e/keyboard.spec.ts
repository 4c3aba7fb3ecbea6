import { expect, type Page, test } from "@playwright/test";
import { administrator, Product } from "#lab/product/product.ts";
import { expectAccessible, watchProblems } from "./accessible.ts";
import { Keyboard } from "./keyboard.ts";
import { startPlayer } from "./start-player.ts";

const planned = "OMS Hangzhou, queued";
const failed = "OMS Hangzhou, failed";

let product: Product;

test.beforeEach(async () => {
  product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  for (const args of [["queued", "--plan"], ["failed"]])
    await (await startPlayer(product, ...args)).ended;
});

test.afterEach(async () => {
  await product?.stop();
});

test.describe("at a desk", () => {
  test("an upgrade is started and a rollback confirmed by keyboard alone", async ({ page }) => {
    await journey(page);
  });
});

test.describe("on a phone, in the dark, without motion", () => {
  test.use({
    viewport: { width: 360, height: 780 },
    colorScheme: "dark",
    contextOptions: { reducedMotion: "reduce" },
  });

  test("an upgrade is started and a rollback confirmed by keyboard alone", async ({ page }) => {
    await journey(page);
    const look = await page.evaluate(() => ({
      dark: document.documentElement.classList.contains("dark"),
      moving: document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getTiming().duration) > 1).length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    expect(look).toEqual({ dark: true, moving: 0, overflow: 0 });
  });
});

async function journey(page: Page): Promise<void> {
  const problems = watchProblems(page);
  const keyboard = new Keyboard(page);
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const link = (name: string | RegExp) => page.getByRole("link", { name }).first();

  await page.goto(`${product.url}/login`);
  await keyboard.type(page.getByLabel("E-mail"), administrator.email);
  await keyboard.type(page.getByLabel("Password", { exact: true }), administrator.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${product.url}/`);

  await test.step("from the search over the preflight to the wizard", async () => {
    await keyboard.goTo(planned);
    await expect(page).toHaveURL(/\/deployments\/dep_/);
    await keyboard.expectPlace();
    await keyboard.press(link("Preflight"));
    await keyboard.expectPlace();
    await keyboard.press(link("Open in the wizard"));
    await expect(page).toHaveURL(/\/upgrade\?plan=/);
    await keyboard.expectPlace();
  });

  await test.step("through the wizard to the start", async () => {
    await keyboard.press(link("Review the plan"));
    await keyboard.press(button("Expand all"), "Space");
    await expect(page.getByText("bash /root/docker_init.sh").first()).toBeVisible();
    await keyboard.press(link("Go on to the start"));
    await keyboard.expectPlace();
    await keyboard.type(page.getByRole("textbox", { name: /Type the deployment/ }), planned);
    await keyboard.press(button("Stop 4 containers and upgrade"));
    await expect(page).toHaveURL(/\/runs\/run_/);
    await keyboard.expectPlace();
  });

  await test.step("home, where a run waits, and to its page", async () => {
    await keyboard.press(link("Home"));
    await keyboard.press(link(`Decide: ${failed}`));
    await expect(page.getByRole("heading", { name: failed })).toBeVisible();
    await keyboard.expectPlace();
    await expectAccessible(page);
  });

  await test.step("the log narrowed to a host by arrows", async () => {
    const host = page.getByRole("combobox", { name: "Host" });
    await keyboard.to(host);
    await page.keyboard.press("ArrowDown");
    await expect(host.locator("option:checked")).toHaveText("hz-1");
    await expect(host).toBeFocused();
  });

  await test.step("the rollback, whose question takes the focus and gives it back", async () => {
    await keyboard.press(button("Roll back…"));
    await expect(page).toHaveURL(/\/rollback\/pln_/);
    await keyboard.expectPlace();
    const ask = button(/and roll back…$/);
    const question = page.getByRole("alertdialog");
    await keyboard.press(ask);
    await expect(question.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(ask).toBeFocused();
    await page.keyboard.press("Enter");
    await keyboard.type(question.getByRole("textbox", { name: /Type the deployment/ }), failed);
    await keyboard.press(question.getByRole("button", { name: /and roll back$/ }));
    await expect(page).toHaveURL(/\/runs\/run_[^/]*$/);
    await keyboard.expectPlace();
  });
  expect(problems).toEqual([]);
}
