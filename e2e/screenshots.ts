import { copyFileSync, mkdirSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";
import { startLab } from "#lab/lab.ts";
import { Product } from "#lab/product/product.ts";
import playwright from "../playwright.config.ts";
import { discoverDeployment, planRollback, setUp, startUpgrade } from "./journey.ts";

/**
 * Walks through the product on the lab and takes every page's picture, in light and dark, at desk
 * and phone width, into docs/images/walk; those that the README shows go to docs/images as well:
 * `npm run screenshots`.
 */
const directory = new URL("../docs/images/walk/", import.meta.url).pathname;
const images = new URL("../docs/images/", import.meta.url).pathname;
const shownInDocs = ["run-light.png", "run-dark.png"];
for (const each of [directory, images]) mkdirSync(each, { recursive: true });
const name = "OMS Hangzhou";
const looks = [
  { suffix: "light", colorScheme: "light", width: 1440, height: 900 },
  { suffix: "dark", colorScheme: "dark", width: 1440, height: 900 },
  { suffix: "phone", colorScheme: "light", width: 390, height: 844 },
  { suffix: "phone-dark", colorScheme: "dark", width: 390, height: 844 },
] as const;

const lab = await startLab({ loadNewImage: true, initSeconds: 12 });
const product = await Product.start({ bootstrapped: false });
const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const page = await browser.newPage();

async function shoot(what: string, { fullPage = true } = {}): Promise<void> {
  for (const { suffix, colorScheme, width, height } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    // A picture of a page at rest: fonts there, skeletons gone.
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${directory}${what}-${suffix}.png`, fullPage });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
  console.log(what);
}

async function visit(
  path: string,
  what: string,
  ready: (page: Page) => Promise<unknown>,
  options = {},
) {
  await page.goto(product.url + path);
  await ready(page);
  await shoot(what, options);
}

const heading = (text: string | RegExp) => (at: Page) =>
  at.getByRole("heading", { name: text }).first().waitFor();

try {
  await page.goto(`${product.url}/`);
  await page.getByLabel("One-time token").waitFor();
  await shoot("setup");
  await setUp(page, product);
  await shoot("home-empty");
  await page.goto(`${product.url}/deployments/new`);
  await page.getByLabel("SSH host").waitFor();
  await shoot("discover");
  await page.goto(product.url);
  await discoverDeployment(page, lab, name);
  await shoot("deployment");
  const deployment = new URL(page.url()).pathname;
  await visit(`${deployment}/edit`, "deployment-edit", (at) =>
    at.getByRole("button", { name: "Save the deployment" }).waitFor(),
  );
  await page.goto(product.url + deployment);
  await page.getByText("All nodes healthy").first().waitFor();
  await startUpgrade(page, name, (step) => shoot(`wizard-${step}`));
  const run = new URL(page.url()).pathname;
  await page.locator("[aria-current=step]", { hasText: "Initialise" }).waitFor();
  await page.getByRole("log").getByText("[Step 3]").first().waitFor();
  await shoot("run", { fullPage: false });
  await shoot("run-full");
  await visit("/", "home", heading(/home|what|good/i));
  await page.goto(product.url + run);
  await page.getByText("Succeeded", { exact: true }).first().waitFor({ timeout: 120_000 });
  await shoot("run-succeeded");
  await visit(`${run}/audit`, "run-audit", heading(/audit/i), { fullPage: false });
  await page.goto(product.url + run);
  await planRollback(page);
  await shoot("rollback");
  await visit("/runs", "runs", heading("Runs"));
  await visit("/backups", "backups", heading("Backups"));
  await visit("/deployments", "deployments", heading("Deployments"));
  await visit("/audit", "audit", heading("Audit"));
  await visit("/settings/credentials", "settings-credentials", heading(/credentials/i));
  await visit("/settings/tokens", "settings-tokens", heading(/tokens/i));
  await visit("/settings/users", "settings-users", heading(/users/i));
  await page.context().clearCookies();
  await visit("/login", "login", (at) => at.getByRole("button", { name: "Sign in" }).waitFor());
  for (const file of shownInDocs) copyFileSync(directory + file, images + file);
} finally {
  await browser.close();
  await product.stop();
  await lab.stop();
}
