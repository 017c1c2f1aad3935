/** The window does not scroll away from the page: panels and sheets scroll within it, and in the narrow layout it ends with them. */
import { expect, type Page, test } from "@playwright/test";
import { link, openPage } from "./basin-page.ts";

const pages = ["Landscape", "Compare", "Spectrum", "Runs", "Device"];

/** Wheels over the panel, or what stands at the right, until nothing moves any more. */
async function wheelToTheEnd(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!;
  await page.mouse.move(width - 60, height - 60);
  await page.mouse.wheel(0, 20_000);
  await page.mouse.wheel(0, 20_000);
  // Two frames after which a scroll that the wheel began is in the layout.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const documentOf = (page: Page) =>
  page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    window: innerHeight,
    scrolled: scrollY,
    content: Math.ceil(document.querySelector("main")!.getBoundingClientRect().bottom + scrollY),
  }));

async function openEverything(page: Page): Promise<void> {
  const closed = page.locator("aside button[aria-expanded=false]:not([aria-haspopup])");
  for (let left = await closed.count(); left > 0; left--) await closed.first().click();
}

test("the window keeps its height on every page, whatever is open and wheeled", async ({ page }) => {
  await page.goto(link());
  for (const name of pages) {
    await openPage(page, name);
    await expect(page.getByRole("main")).toBeVisible();
    await openEverything(page);
    await wheelToTheEnd(page);
    const { height, window, scrolled } = await documentOf(page);
    expect({ name, height, scrolled }).toEqual({ name, height: window, scrolled: 0 });
  }
});

test.describe("in a narrow window", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the window ends where the page does", async ({ page }) => {
    await page.goto(link());
    for (const name of pages) {
      await openPage(page, name);
      await expect(page.getByRole("main")).toBeVisible();
      await openEverything(page);
      await wheelToTheEnd(page);
      const { height, window, content } = await documentOf(page);
      // Both are rounded.
      expect(Math.abs(height - Math.max(window, content)), name).toBeLessThan(2);
    }
  });
});
