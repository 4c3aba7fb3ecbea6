import { expect, test } from "@playwright/test";
import { type Lab, startLab } from "#lab/lab.ts";
import { Product } from "#lab/product/product.ts";
import { discoverDeployment, setUp, startUpgrade } from "./journey.ts";

let lab: Lab;
let product: Product;

test.beforeAll(async () => {
  lab = await startLab({ loadNewImage: true });
  product = await Product.start({ bootstrapped: false });
});

test.afterAll(async () => {
  await product?.stop();
  await lab?.stop();
});

test("a DBA sets up, discovers, upgrades, reads the audit and rolls back", async ({ page }) => {
  const name = "OMS 杭州";
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });

  await setUp(page, product);
  await discoverDeployment(page, lab, name);
  await startUpgrade(page, name);
  expect(problems).toEqual([]);
});
