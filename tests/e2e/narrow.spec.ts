import { expect, type Page, test } from "@playwright/test";
import { button, link, openPage, status, trainAndPause } from "./basin-page.ts";

test.use({ viewport: { width: 390, height: 844 } });

/** Nothing reaches beyond the window, and every control in it can be pressed where it stands. */
async function expectAllWithinReach(page: Page): Promise<void> {
  const faults = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const overflow = document.documentElement.scrollWidth - width;
    const found: string[] = overflow > 0 ? [`the page is ${overflow} px too wide`] : [];
    const header = document.querySelector("header.header")?.getBoundingClientRect();
    for (const control of document.querySelectorAll<HTMLElement>("button, input, a, [role=switch]")) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (control.classList.contains("skip-link")) continue;
      control.scrollIntoView({ block: "center" });
      const { left, right, top, bottom, width: across, height: along } = control.getBoundingClientRect();
      if (across === 0 || along === 0) continue;
      const name = control.getAttribute("aria-label") ?? control.textContent ?? control.id;
      if (left < 0 || right > width) found.push(`${name} reaches from ${left} to ${right}`);
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const label = control.closest("label, .mantine-Switch-body, .mantine-SegmentedControl-control");
      const reached = hit !== null && (control.contains(hit) || hit.contains(control) || label?.contains(hit));
      if (!reached) found.push(`${name} is covered by ${hit?.outerHTML.slice(0, 80)}`);
    }
    scrollTo(0, 0);
    if (header && header.right > width) found.push("the header is too wide");
    return found;
  });
  expect(faults).toEqual([]);
}

test("a narrow window holds the page before, during and after training", async ({ page }) => {
  await page.goto(link());
  await expect(page.getByText("No surface yet")).toBeVisible();
  for (const name of ["Model and initial weights", "Data", "Optimiser and schedule"]) await button(page, name).click();
  await expectAllWithinReach(page);
  // The empty box stands above the card, whole.
  const bottomOfBox = await page.locator(".scene").evaluate((scene) => scene.getBoundingClientRect().bottom);
  const topOfCard = await page.locator(".figure-empty").evaluate((card) => card.getBoundingClientRect().top);
  expect(bottomOfBox).toBeLessThanOrEqual(topOfCard);

  await trainAndPause(page, { epochs: 100 });
  await expect(page.getByRole("button", { name: /^1 job: Training/ })).toBeVisible();
  for (const width of [768, 620, 390]) {
    await page.setViewportSize({ width, height: 844 });
    // Figures follow the window a frame later.
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAllWithinReach(page);
  }
  await button(page, "Resume").click();
  await expect(status(page, "Surface")).toHaveText("complete");
  await expectAllWithinReach(page);
  await page.getByText("Curves", { exact: true }).click();
  await expectAllWithinReach(page);

  await openPage(page, "Device");
  await expect(page.getByText("Memory in use")).toBeVisible();
  await expectAllWithinReach(page);
});

for (const [width, height] of [
  [1440, 900],
  [1024, 640],
  [390, 844],
  [320, 568],
]) {
  test(`no chart of the curves is covered at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await trainAndPause(page, { epochs: 100 });
    await page.getByRole("main").scrollIntoViewIfNeeded();
    const boxes = await page.evaluate(() =>
      [".plate-curve-loss", ".plate-curve:not(.plate-curve-loss)", ".figure-empty", ".caption"].map((selector) => {
        const { top, bottom } = document.querySelector(selector)!.getBoundingClientRect();
        return { selector, top, bottom };
      }),
    );
    for (const [index, { top, bottom }] of boxes.entries()) {
      expect(bottom - top).toBeGreaterThan(30);
      if (index > 0) expect(top).toBeGreaterThanOrEqual(boxes[index - 1].bottom);
    }
  });
}
