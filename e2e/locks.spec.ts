import { expect, test } from "@playwright/test";
import { administrator, Product } from "#lab/product/product.ts";
import { Scene } from "#lab/tests/trouble-scene.ts";
import { expectAccessible } from "./accessible.ts";
import { signIn } from "./journey.ts";

test("who holds the hosts stands on the checks page and on the run's page, where the lock is broken", async ({
  page,
}) => {
  const there = await Scene.open({ nodes: ["hz-1", "hz-2"] });
  const here = await there.through(await Product.start());
  try {
    const id = await here.register();
    const plan = await here.plan(id);
    const held = await there.start(await there.register(), { gates: ["stop"] });
    await there.settled(held, "paused");
    const runId = await here.startPlan(plan);
    await here.settled(runId, "paused");
    const refused = await here.plan(id);

    await signIn(page, here.product);
    await page.goto(`${here.product.url}/deployments/${id}/upgrade?plan=${refused.id}&step=checks`);
    const locks = page.getByRole("region", { name: "Locks" });
    const holder = locks.getByText(`which ${administrator.name} started`);
    await expect(holder).toContainText(`hz-1, hz-2: held by run ${held}`);
    await expect(holder).toContainText(there.product.url);
    await expectAccessible(page);
    await test.info().attach("checks", { body: await page.screenshot(), contentType: "image/png" });

    await page.goto(`${here.product.url}/runs/${runId}`);
    await expect(holder).toContainText(`hz-1, hz-2: held by run ${held}`);
    await expectAccessible(page);
    await test.info().attach("run", { body: await page.screenshot(), contentType: "image/png" });
    await locks.getByRole("button", { name: "Break 2 locks…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Break 2 locks on hz-1, hz-2?" });
    await dialog.getByRole("button", { name: "Break 2 locks" }).click();
    await expect(dialog.getByText("Give a reason first.")).toBeVisible();
    await dialog.getByLabel("Reason").fill("that machine is gone");
    await test.info().attach("dialog", { body: await page.screenshot(), contentType: "image/png" });
    await dialog.getByRole("button", { name: "Break 2 locks" }).click();
    await expect(locks.getByText("No run holds hz-1, hz-2. Retry what failed.")).toBeVisible();
    for (const name of ["hz-1", "hz-2"]) {
      const step = page.getByRole("listitem").filter({ hasText: `Lock ${name}` });
      await step.getByRole("button", { name: "Retry" }).click();
    }
    await here.seen(runId, ({ status }) => status !== "paused");
    await here.settled(runId, "succeeded");
  } finally {
    await here.product.stop();
    await there.close();
  }
});
