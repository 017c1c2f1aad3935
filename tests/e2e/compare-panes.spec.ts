/** The sheet of panes on its first frame and after the window has changed its size. */
import { expect, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { openPage, trainOnly } from "./basin-page.ts";

test.use({ colorScheme: "light" });

const pane = (page: Page) => page.getByRole("article").first();

const labels = (page: Page) =>
  page.locator(".scene-label").evaluateAll((found) =>
    found
      .filter((label) => label.checkVisibility({ visibilityProperty: true }))
      .map((label) => `${label.textContent} ${(label as HTMLElement).style.transform}`)
      .sort(),
  );

/** The darkest value, 0 to 255, in the strip between the pane's head and its figure. */
async function darkest(page: Page): Promise<number> {
  const { x, y, width } = (await pane(page).boundingBox())!;
  const { data } = decode(await page.screenshot({ clip: { x: x + width / 3, y: y + 2, width: width / 4, height: 4 } }));
  return Math.min(...data);
}

test("panes stand on the page's own ground from the first frame, and labels go with their axes", async ({ page }) => {
  await trainOnly(page, { epochs: 1 });
  await openPage(page, "Compare");
  await expect(pane(page)).toBeVisible();
  await expect.poll(() => labels(page)).not.toEqual([]);
  expect(await darkest(page)).toBeGreaterThan(200);

  const before = await labels(page);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect.poll(() => labels(page)).not.toEqual(before);
  await page.reload();
  await openPage(page, "Compare");
  await expect.poll(() => labels(page)).not.toEqual([]);
  const drawnAnew = await labels(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => labels(page)).not.toEqual(drawnAnew);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect.poll(() => labels(page)).toEqual(drawnAnew);
});
