import { expect, test } from "@playwright/test";
import { Product } from "#lab/product/product.ts";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import { expectAccessible, watchProblems } from "./accessible.ts";
import { signIn } from "./journey.ts";
import { startPlayer } from "./start-player.ts";

let product: Product;

test.beforeAll(async () => {
  product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
});

test.afterAll(() => product?.stop());

for (const locale of ["en", "zh-CN"] as const) {
  test(`checks and steps say why they are there and lead into the documentation (${locale})`, async ({
    page,
    context,
  }) => {
    const problems = watchProblems(page);
    const t = translatorFor("help", locale);
    const ui = translatorFor("ui", locale);
    await signIn(page, product);
    await context.addCookies([{ name: "uplift-language", value: locale, url: product.url }]);
    const player = await startPlayer(product, "queued", "--plan");
    await player.ended;

    await page.goto(product.url + player.path);
    const why = page
      .locator("details")
      .filter({ hasText: t("checks.mounts") })
      .last();
    await expect(why.getByText(t("checks.mounts"))).toBeHidden();
    await why.locator("summary").click();
    await expect(why.getByText(t("checks.mounts"))).toBeVisible();
    await expectAccessible(page);
    await why.getByRole("link", { name: ui("inTheDocs") }).click();
    await expect(page).toHaveURL(/\/help\/domain#1-what-is-out-there$/);
    await expect(page.locator("#\\31-what-is-out-there")).toBeInViewport();
    await expect(page.locator("article")).toHaveAttribute("lang", locale);

    await page.goto(product.url + player.path.replace("step=checks", "step=plan"));
    const stop = page.locator("details.group\\/step").filter({ hasText: "oms_330" }).first();
    await stop.locator("summary").first().click();
    await expect(stop.getByRole("link", { name: ui("inTheDocs") })).toBeVisible();
    await expectAccessible(page);
    expect(problems).toEqual([]);
  });
}
