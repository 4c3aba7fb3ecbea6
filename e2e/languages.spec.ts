import { expect, type Locator, type Page, test } from "@playwright/test";
import { administrator, Product } from "#lab/product/product.ts";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import { expectAccessible, watchProblems } from "./accessible.ts";
import { signIn } from "./journey.ts";
import { startPlayer } from "./start-player.ts";

let product: Product;
const paths = { planned: "", failed: "", succeeded: "" };

test.beforeAll(async () => {
  product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  for (const scene of ["failed", "succeeded"] as const) {
    const player = await startPlayer(product, scene);
    await player.ended;
    paths[scene] = player.path;
  }
  const player = await startPlayer(product, "queued", "--plan");
  await player.ended;
  paths.planned = player.path;
});

test.afterAll(async () => {
  await product?.stop();
});

test("a person reads all of it in Chinese, and in English again", async ({ page }) => {
  const problems = watchProblems(page);
  await signIn(page, product);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitemradio", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "首页" })).toBeVisible();
  await expect(page).toHaveTitle(/首页|Uplift/);
  await expectChinese(page);

  await open(page, "/deployments", "部署");
  const names = page.getByRole("table", { name: "部署" }).getByRole("cell");
  await names.getByRole("link").first().click();
  await expect(page.getByRole("link", { name: "概览" })).toBeVisible();
  const deployment = new URL(page.url()).pathname;
  await expectChinese(page);
  await page.goto(`${product.url}${deployment}/upgrade`);
  await expect(page.getByRole("heading", { level: 1, name: /^升级 / })).toBeVisible();
  await expectChinese(page);
  await page.goto(`${product.url}${deployment}/settings`);
  await expect(page.getByText("升级方式")).toBeVisible();
  await expectChinese(page);

  await page.goto(product.url + paths.failed);
  await expect(page.getByRole("heading", { name: /个步骤失败/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "阶段" })).toBeVisible();
  await expectChinese(page);
  await page.goto(product.url + paths.succeeded);
  await expect(page.getByRole("region", { name: "结果" })).toBeVisible();
  await expectChinese(page);
  await page.goto(`${product.url}${paths.succeeded}/audit`);
  await expect(page.getByRole("heading", { name: "过程记录" })).toBeVisible();
  await expectChinese(page);

  await open(page, "/runs", "升级任务");
  await open(page, "/backups", "备份");
  await open(page, "/audit", "审计");
  await open(page, "/settings/users", "设置");

  await page.getByRole("button", { name: "语言" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(problems).toEqual([]);
});

test.describe("on a phone, in the dark", () => {
  test.use({ viewport: { width: 360, height: 780 }, colorScheme: "dark", locale: "zh-CN" });

  test("an upgrade is started and a rollback confirmed in Chinese", async ({ page }) => {
    const problems = watchProblems(page);
    const [plans, wizard, runs] = [
      translatorFor("plans", "zh-CN"),
      translatorFor("wizard", "zh-CN"),
      translatorFor("runs", "zh-CN"),
    ];
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const typeName = async (within: Page | Locator, name: string) =>
      within.getByRole("textbox", { name: /请输入部署名称/ }).fill(name);
    await signInInChinese(page);

    await page.goto(product.url + paths.planned);
    await page.getByRole("link", { name: wizard("reviewThePlan") }).click();
    await expect(button(plans("expandAll"))).toBeVisible();
    await expectChinese(page);
    await button(plans("expandAll")).click();
    await expect(page.getByText("bash /root/docker_init.sh").first()).toBeVisible();
    // What is not in sight yet has no place on the page until it is: axe would take it for covered.
    expect(await englishLeft(page)).toEqual([]);
    await page.getByRole("link", { name: wizard("goOnToTheStart") }).click();
    await typeName(page, "OMS Hangzhou, queued");
    await expectChinese(page);
    await button(wizard("stopAndUpgrade", { stops: 4 })).click();
    await expect(page).toHaveURL(/\/runs\/run_/);
    await expect(page.getByRole("region", { name: runs("outage"), exact: true })).toBeVisible();
    await expectChinese(page);

    await page.goto(product.url + paths.failed);
    await button(runs("rollBackAsk")).click();
    await expect(page).toHaveURL(/\/rollback\/pln_/);
    await expectChinese(page);
    await page.getByRole("button", { name: /回滚…$/ }).click();
    const question = page.getByRole("alertdialog");
    await typeName(question, "OMS Hangzhou, failed");
    await question.getByRole("button", { name: /回滚$/ }).click();
    await expect(page).toHaveURL(/\/runs\/run_[^/]*$/);
    await expectChinese(page);
    const [shown, wide] = await page.evaluate(() => [innerWidth, document.body.scrollWidth]);
    expect(wide).toBeLessThanOrEqual(shown);
    expect(problems).toEqual([]);
  });
});

test("a browser that prefers Chinese is met in Chinese before anybody signed in", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(`${product.url}/login`);
  await expect(page.getByRole("button", { name: "登录" })).toBeVisible();
  await expect(page).toHaveTitle("登录 · Uplift");
  await expectChinese(page);
  await context.close();
});

async function signInInChinese(page: Page): Promise<void> {
  const auth = translatorFor("auth", "zh-CN");
  await page.goto(`${product.url}/login`);
  await page.getByLabel(auth("eMail")).fill(administrator.email);
  await page.getByLabel(auth("password"), { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: auth("signIn") }).click();
  await expect(page).toHaveURL(`${product.url}/`);
}

async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(product.url + path);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expectChinese(page);
}

/** The page says so itself, has no English left in its own words, and can be read by everyone. */
async function expectChinese(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.waitForLoadState("networkidle");
  expect.soft(await englishLeft(page), page.url()).toEqual([]);
  await expectAccessible(page);
}

/**
 * Runs of English words in what is seen. Commands, logs, names and addresses are the same in every language; they
 * stand in a monospaced face, in a log, or in a list of what a program wrote.
 */
async function englishLeft(page: Page): Promise<string[]> {
  return page.locator("main").evaluate((main) => {
    const same = "code, pre, [lang=en], [role=log], .font-mono, time";
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found = new Set<string>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // What a program said is quoted as it was.
      const text = (node.textContent ?? "").replace(/"[^"]*"|ERROR .*/g, "");
      if (node.parentElement?.closest(same)) continue;
      if (/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}|^[A-Z]?[a-z]+ [a-z]+$/.test(text.trim()))
        found.add(text.trim());
    }
    return [...found];
  });
}
