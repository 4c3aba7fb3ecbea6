import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { type Lab, startLab } from "#lab/lab.ts";
import { Product } from "#lab/product/product.ts";
import { expectAccessible } from "./accessible.ts";
import { signIn } from "./journey.ts";

let lab: Lab;
let product: Product;

test.beforeAll(async () => {
  const region = {
    ...{ name: "cn-hangzhou", nameCn: "杭州", location: 0, isDefault: true },
    ...{ nodes: ["hz-1", "hz-2"], heartbeatDatabase: "oms_cm_heartbeat_1" },
  };
  lab = await startLab({ regions: [region], bastion: true });
  product = await Product.start();
  const { root, admin } = lab.bastion.users;
  await product.ask("POST", "/credentials", {
    ...{ name: "nodes", username: "root", method: "key" },
    privateKey: readFileSync(root.privateKeyPath, "utf8"),
  });
  await product.ask("POST", "/credentials", {
    ...{ name: "jump", username: "admin", method: "password", password: admin.password },
  });
});

test.afterAll(async () => {
  await product?.stop();
  await lab?.stop();
});

test("a deployment behind a bastion is discovered, registered and looked at", async ({ page }) => {
  const { bastion } = lab;
  const host = lab.host("hz-1");
  await signIn(page, product);
  await page.goto(`${product.url}/deployments/new`);
  await page.getByLabel("SSH host").fill(host.address);
  await page.getByLabel("Credential").selectOption({ label: "nodes · root" });
  await page.getByLabel("Reach it through a bastion").click();
  await expect(page.getByRole("button", { name: "Show the host key" })).toBeDisabled();

  const through = page.getByRole("group", { name: "Bastion" });
  await through.getByLabel("Bastion host").fill(bastion.address);
  await through.getByLabel("Credential").selectOption({ label: "jump · admin, password" });
  await through.getByRole("button", { name: "Fetch host key: the bastion" }).click();
  await expect(through.getByText(bastion.hostKeyFingerprint)).toBeVisible();
  await through.getByRole("button", { name: "Pin this key: the bastion" }).click();
  await expect(through.getByText("Signed in as admin")).toBeVisible();

  await expectAccessible(page);

  await page.getByRole("button", { name: "Show the host key" }).click();
  await expect(page.getByText(host.hostKeyFingerprint)).toBeVisible();
  await page.getByRole("button", { name: "Pin this key and discover" }).click();
  await expect(page.getByText("Read from").first()).toBeVisible();
  await expect(page.getByLabel("Reach the nodes through a bastion")).toBeChecked();
  await expect(page.getByLabel("Bastion host")).toHaveValue(bastion.address);
  await expectAccessible(page);

  // The other node's key came through the bastion, too; so does the test of its connection.
  await page.getByRole("button", { name: /^Pin this key: / }).click();
  await expect(page.getByText("Connected to hz-2")).toBeVisible();
  await page.getByRole("button", { name: "Register the deployment" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await expect(page.getByText("All nodes healthy").first()).toBeVisible();
  await expect(page.getByText(`through the bastion ${bastion.address}:22`)).toBeVisible();

  await bastion.powerCut();
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByText("Unreachable").first()).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText(/the bastion \(.*:22\) cannot be reached/).first()).toBeVisible();
});
