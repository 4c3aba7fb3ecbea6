import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type { Lab } from "#lab/lab.ts";
import { administrator, type Product } from "#lab/product/product.ts";

/** The steps of a DBA's first evening, each as a person would do it: by label and role. */

export async function setUp(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/`);
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel("One-time token").fill(product.setupToken);
  await page.getByLabel("Your name").fill(administrator.name);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await expect(page).toHaveURL(`${product.url}/`);
}

export async function signIn(page: Page, product: Pick<Product, "url">): Promise<void> {
  await page.goto(`${product.url}/login`);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${product.url}/`);
}

/** Registers the lab's two regions by discovery. */
export async function discoverDeployment(page: Page, lab: Lab, name: string): Promise<void> {
  const [first, second] = lab.options.regions;
  const host = (node: string | undefined) => lab.host(node ?? "");
  await page.getByRole("link", { name: "Register a deployment" }).first().click();
  await page.getByLabel("SSH host").fill(host(first?.nodes[0]).address);
  await page.getByLabel("User", { exact: true }).fill("root");
  await page.getByRole("combobox", { name: "Sign-in method" }).selectOption("key");
  await page
    .getByLabel("Private key")
    .fill(readFileSync(host(first?.nodes[0]).users.root.privateKeyPath, "utf8"));
  await page.getByRole("button", { name: "Show the host key" }).click();
  await expect(page.getByText(host(first?.nodes[0]).hostKeyFingerprint)).toBeVisible();
  await page.getByRole("button", { name: "Pin this key and discover" }).click();
  await expect(page.getByText("Read from").first()).toBeVisible();

  await page.getByLabel("Name", { exact: true }).first().fill(name);
  await pinOtherNodes(page);

  await page.getByRole("button", { name: "Add a region from a node…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("SSH host").fill(host(second?.nodes[0]).address);
  await dialog.getByRole("button", { name: "Show the host key" }).click();
  await dialog.getByRole("button", { name: "Pin this key and discover" }).click();
  await expect(page.getByRole("group", { name: `Region ${second?.name}` })).toBeVisible();
  await pinOtherNodes(page);

  await page.getByRole("button", { name: "Register the deployment" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await expect(page.getByText("All nodes healthy").first()).toBeVisible();
}

/** The other nodes of a region, whose keys were fetched and wait to be compared. */
async function pinOtherNodes(page: Page): Promise<void> {
  const pins = page.getByRole("button", { name: /^Pin this key: / });
  while ((await pins.count()) > 0) {
    const before = await pins.count();
    await pins.first().click();
    await expect(pins).toHaveCount(before - 1);
  }
}

/**
 * Clicks through the wizard.
 *
 * @param look called on each of its pages
 * @returns when the run's page is open
 */
export async function startUpgrade(
  page: Page,
  name: string,
  look: (step: "target" | "checks" | "plan" | "start") => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole("link", { name: "Upgrade…" }).click();
  await page.getByRole("combobox", { name: "Upgrade to" }).selectOption("3.3.1");
  await look("target");
  await page.getByRole("button", { name: "Check the deployment" }).click();
  await expect(page.getByRole("link", { name: "Review the plan" })).toBeVisible();
  await look("checks");
  await page.getByRole("link", { name: "Review the plan" }).click();
  await expect(page.getByRole("list", { name: "What the plan does" })).toBeVisible();
  await look("plan");
  await page.getByRole("button", { name: "Expand all" }).click();
  await expect(page.getByText("bash /root/docker_init.sh").first()).toBeVisible();
  await page.getByRole("link", { name: "Go on to the start" }).click();
  await page.getByRole("textbox", { name: /Type the deployment/ }).fill(name);
  await look("start");
  await page.getByRole("button", { name: "Stop 4 containers and upgrade" }).click();
  await expect(page).toHaveURL(/\/runs\/run_/);
}

/** From a run's page to the plan of its rollback. */
export async function planRollback(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Roll back…" }).click();
  await expect(page).toHaveURL(/\/rollback\/pln_/);
  await expect(page.getByRole("list", { name: "What the plan does" })).toBeVisible();
}

/** Confirms the plan of a rollback. @returns when the run's page is open again */
export async function confirmRollback(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /and roll back…$/ }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("textbox", { name: /Type the deployment/ }).fill(name);
  await question.getByRole("button", { name: /and roll back$/ }).click();
  await expect(page).toHaveURL(/\/runs\/run_[^/]*$/);
}
