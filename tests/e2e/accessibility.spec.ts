import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { atRest, button, link, openPage, status, trainAndPause } from "./basin-page.ts";

async function expectNoViolations(page: Page): Promise<void> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).exclude("[role=tooltip]").analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, target }) => [target.join(" "), html]),
  }));
  expect(found).toEqual([]);
}

async function openFields(page: Page): Promise<void> {
  for (const name of ["Model and initial weights", "Data", "Optimiser and schedule"]) await button(page, name).click();
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours axe finds nothing`, () => {
    test.use({ colorScheme });

    test("on the empty page, with every field open, and in the lists of keys and commands", async ({ page }) => {
      await page.goto(link());
      await openFields(page);
      await expectNoViolations(page);
      await button(page, "Keys").click();
      await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
      await button(page, "Commands").click();
      await expect(page.getByPlaceholder("Type a command")).toBeVisible();
      await expectNoViolations(page);
    });

    test("while it trains, with a surface, with a line, and with what went wrong", async ({ page }) => {
      await trainAndPause(page, { epochs: 100 });
      await expectNoViolations(page);
      await button(page, "Resume").click();
      await expect(status(page, "Surface")).toHaveText("complete");
      await expectNoViolations(page);
      await page.getByText("Line", { exact: true }).click();
      await expect(page.getByRole("img", { name: "Loss along α" })).toBeVisible();
      await expect(status(page, "Surface")).toHaveText("complete");
      await expectNoViolations(page);
      await button(page, "Export").click();
      await expect(page.getByRole("menuitem", { name: "Values (CSV)" })).toBeVisible();
      await expectNoViolations(page);
    });

    test("on the Device page, with its tables", async ({ page }) => {
      await page.goto(link());
      await openPage(page, "Device");
      await button(page, "Run the self-check").click();
      await expect(page.getByRole("table").nth(1)).toBeVisible();
      await expectNoViolations(page);
    });
  });
}
