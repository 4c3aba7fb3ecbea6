import { expect, test } from "@playwright/test";
import { Scene } from "#lab/tests/trouble-scene.ts";
import { expectAccessible, watchProblems } from "./accessible.ts";
import { signIn } from "./journey.ts";

test("a DBA practises the backup; the wizard's outage is made of what it measured", async ({
  page,
}) => {
  const problems = watchProblems(page);
  const scene = await Scene.open({ nodes: ["hz-1", "hz-2"] });
  try {
    const id = await scene.register();
    await signIn(page, scene.product);

    await test.step("before: all of the expected outage is assumed", async () => {
      const plan = await scene.plan(id);
      const wizard = `${scene.product.url}/deployments/${id}/upgrade?plan=${plan.id}`;
      await page.goto(`${wizard}&step=plan`);
      const outage = page.getByRole("region", { name: "Expected outage", exact: true });
      await expect(outage.getByText(/^All of this is assumed/)).toBeVisible();
      // It stays in view to the last question: beside it, or above it behind its line.
      await page.goto(`${wizard}&step=start`);
      await expect(outage.getByText(/^Expected outage: about/)).toBeVisible();
      await expect(outage.getByText("Back up", { exact: true })).toBeVisible();
      await page.setViewportSize({ width: 390, height: 844 });
      await expect(outage.getByText(/^Expected outage: about/)).toBeVisible();
      await expect(outage.getByText("Back up", { exact: true })).toBeHidden();
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    await test.step("a practice from the deployment's page", async () => {
      await page.goto(`${scene.product.url}/deployments/${id}`);
      await expect(page.getByText(/^Never practised/)).toBeVisible();
      await page.getByRole("button", { name: "Practise the backup" }).click();
      await expect(page).toHaveURL(/\/runs\/run_/, { timeout: 60_000 });
      await expect(page.getByText("Succeeded", { exact: true }).first()).toBeVisible({
        timeout: 600_000,
      });
      await expect(page.getByRole("button", { name: "Roll back…" })).toHaveCount(0);
      await expectAccessible(page);
      await test.info().attach("run", { body: await page.screenshot(), contentType: "image/png" });
      for (const host of scene.lab.allHosts) expect(await host.isHealthy()).toBe(true);
    });

    await test.step("after: the dumps' part is measured", async () => {
      const plan = await scene.plan(id);
      await page.goto(`${scene.product.url}/deployments/${id}/upgrade?plan=${plan.id}&step=plan`);
      const outage = page.getByRole("region", { name: "Expected outage", exact: true });
      const backup = outage.getByRole("row", { name: /^Back up/ });
      await expect(backup.getByText(/^practice of 20\d\d-/)).toBeVisible();
      const stop = outage.getByRole("row", { name: /^Stop/ });
      await expect(stop.getByText(/^assumed/)).toBeVisible();
      await expectAccessible(page);
      await test.info().attach("plan", { body: await page.screenshot(), contentType: "image/png" });
    });
    expect(problems).toEqual([]);
  } finally {
    await scene.close();
  }
});
