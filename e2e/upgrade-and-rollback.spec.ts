import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { type Lab, startLab } from "#lab/lab.ts";
import { withoutLiveRows } from "#lab/metadb/snapshot.ts";
import { metadbToHand } from "#lab/metadb/to-hand.ts";
import { Product } from "#lab/product/product.ts";
import { expectAccessible, watchProblems } from "./accessible.ts";
import {
  confirmRollback,
  discoverDeployment,
  planRollback,
  setUp,
  startUpgrade,
} from "./journey.ts";

let lab: Lab;
let product: Product;

test.beforeAll(async () => {
  lab = await startLab({ metadb: await metadbToHand(console.log), loadNewImage: true });
  product = await Product.start({ bootstrapped: false });
});

test.afterAll(async () => {
  await product?.stop();
  await lab?.stop();
});

test("a DBA sets up, discovers, upgrades, reads the audit and rolls back", async ({ page }) => {
  const name = "OMS 杭州";
  const problems = watchProblems(page);
  const seen = watchBodies(page);
  const metadb = async () => withoutLiveRows(await lab.checksum());
  const before = await metadb();

  await setUp(page, product);
  await discoverDeployment(page, lab, name);
  await expectAccessible(page);
  await startUpgrade(page, name, async (step) => {
    await expectAccessible(page);
    if (step === "plan") expect(await runbookOf(page)).toContain("bash /root/docker_init.sh");
  });
  const run = page.url();
  const log = page.getByRole("log");
  const outage = page.getByRole("region", { name: "Outage" });

  // The log comes by itself, and a reload in the middle shows the same from the beginning.
  await expect(log).toContainText("docker stop", { timeout: 600_000 });
  await expect(page).toHaveTitle(/^Upgrading OMS 杭州 · /);
  await page.reload();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("hz-1");
  await expect(page.getByText("Succeeded", { exact: true }).first()).toBeVisible({
    timeout: 600_000,
  });
  await expect(outage.getByText("Outage, over")).toBeVisible();
  await expectAccessible(page);
  await expect(momentOf(page, "T1")).toHaveText(/^\d\d:\d\d:\d\d/);
  await expect(momentOf(page, "T2")).toHaveText(/^\d\d:\d\d:\d\d/);
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("heartbeat");
  await expect(log.locator("mark").first()).toHaveText(/heartbeat/i);
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("");
  expect(await metadb()).not.toEqual(before);

  await page.getByRole("link", { name: "Read the audit" }).click();
  await expect(page.getByRole("heading", { name: /^Audit: / })).toBeVisible();
  const backups = page.getByRole("table", { name: "Backups" });
  await expect(backups.getByRole("row")).toHaveCount(1 + 4);
  await expect(backups.getByText(/[0-9a-f]{12}/).first()).toBeVisible();
  await expect(page.getByText("docker_init.sh").first()).toBeVisible();

  await expectAccessible(page);

  await page.goto(run);
  await planRollback(page);
  await expectAccessible(page);
  await expect(page.getByText(/is lost|are lost|lost/i).first()).toBeVisible();
  await confirmRollback(page, name);
  await expect(page.getByText("Rolled back", { exact: true }).first()).toBeVisible({
    timeout: 600_000,
  });
  await expect(momentOf(page, "T3")).toHaveText(/^\d\d:\d\d:\d\d/);
  expect(await metadb()).toEqual(before);

  await page.getByRole("link", { name: "Runs", exact: true }).first().click();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Rolled back");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search" }).fill("杭州");
  await expect(page.getByRole("option", { name: new RegExp(name) }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Search" }).fill("backups");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/backups$/);
  const dumps = page.getByRole("listitem").filter({ hasText: name }).getByRole("table");
  await expect(dumps.getByRole("row")).toHaveCount(1 + 4);

  expect(problems).toEqual([]);
  const texts = await Promise.all(seen);
  expect(texts.length).toBeGreaterThan(20);
  for (const secret of secretsOf(lab)) {
    expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  }
});

/** What was typed or found out and must never come back: the MetaDB's password, the SSH key. */
function secretsOf({ metadb, hosts }: Lab): string[] {
  const [host] = Object.values(hosts);
  const key = readFileSync(host?.users.root.privateKeyPath ?? "", "utf8");
  return [metadb.password, JSON.stringify(metadb.password).slice(1, -1), key.split("\n")[2] ?? ""];
}

/** The plan as the file that is offered. */
async function runbookOf(page: Page): Promise<string> {
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Runbook" }).click();
  return readFileSync(await (await coming).path(), "utf8");
}

function momentOf(page: Page, mark: string) {
  const outage = page.getByRole("region", { name: "Outage" });
  return outage.locator("dl > div").filter({ hasText: mark }).locator("dd");
}

/** Everything that the server sent to the browser: pages, data and socket frames. */
function watchBodies(page: Page): Promise<string>[] {
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    bodies.push(response.text().catch(() => ""));
  });
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => bodies.push(Promise.resolve(String(payload))));
  });
  return bodies;
}
