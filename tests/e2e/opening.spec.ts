/** The first view: a landscape measured earlier on an empty page, to be touched and saved, and three ways to go on. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { atRest, button, link, savedFile, status } from "./basin-page.ts";

const opening = (page: Page) => page.getByRole("region", { name: "Where to begin" });

test("an empty page shows a landscape that can be read, changed and saved before anything is pressed", async ({
  page,
}) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "VGG11-BN, width ×0.25" })).toBeVisible();
  await expect(page.locator(".caption")).toContainText("measured earlier");
  await expect(page.locator(".caption")).toContainText("CIFAR-10, training set");
  await expect(opening(page)).toContainText("Height is the loss");
  const { name, bytes } = await savedFile(page, async () => {
    await button(page, "Export").click();
    await page.getByRole("menuitem", { name: "Values (CSV)" }).click();
  });
  expect(name).toBe("basin-surface-loss.csv");
  const lines = bytes.toString().trim().split("\n");
  expect(lines.length).toBeGreaterThan(49 * 49);
  await page.getByRole("button", { name: "Replay the training" }).click();
  await expect(page.getByText(/^Step 100, epoch 10/)).toBeVisible();
  // Every door says what it takes here, or that there is nothing to wait for.
  await expect(opening(page).getByText(/ here, then /)).toHaveCount(2);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in ${colorScheme} colours, and nothing overflows a narrow window`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto("/");
    await expect(opening(page)).toBeVisible();
    await atRest(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await context.close();
  });
}

test("a link's experiment and a run of one's own come before it", async ({ page }) => {
  await page.goto(link());
  await expect(page.getByText("No surface yet")).toBeVisible();
  await expect(opening(page)).toBeHidden();
  await page.goto("about:blank");
  await page.goto("/");
  await expect(opening(page)).toBeVisible();
  await button(page, "Train").click();
  await expect(opening(page)).toBeHidden();
  await button(page, "Stop").click();
  await expect(status(page, "Training")).toHaveText("stopped");
  await page.reload();
  await expect(button(page, /^Resume (after|at)/)).toBeVisible();
  await expect(opening(page)).toBeHidden();
});

test("a door begins its training, another one a comparison that Compare shows", async ({ page }) => {
  await page.goto("/");
  const first = opening(page).getByRole("button", { name: /^Train a first network/ });
  await expect(first).toContainText("here, then");
  await first.click();
  await expect(status(page, "Training")).toHaveText("training");
  await button(page, "Stop").click();
  await expect(status(page, "Training")).toHaveText("stopped");
  const fresh = await page.context().browser()!.newPage();
  await fresh.goto("/");
  await opening(fresh)
    .getByRole("button", { name: /^Compare three initialisations/ })
    .click();
  await expect(fresh).toHaveURL(/page=compare/);
  await expect(fresh.getByText("0 of 3 runs ended")).toBeVisible();
  await fresh.getByRole("button", { name: "Cancel all" }).click();
  await fresh.context().close();
});
