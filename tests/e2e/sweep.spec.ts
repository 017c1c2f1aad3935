import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { atRest, button, keptRuns, link, openPage, section, status } from "./basin-page.ts";

const several = (page: Page): Locator => section(page, "Train several");
const row = (page: Page, name: string): Locator =>
  several(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name }) });

/** A page with the sweep's settings open. */
async function openSweep(page: Page, changes: Readonly<Record<string, string | number>> = {}): Promise<void> {
  await page.goto(link(changes));
  await openPage(page, "Compare");
  await button(page, "Choose what differs").click();
}

const typeSeeds = (page: Page, seeds: string) =>
  page.getByRole("textbox", { name: "Values of seed of weights" }).fill(seeds);

test("three runs, the page reloaded in the middle of the second: the sweep goes on and repeats nothing", async ({
  page,
}) => {
  await openSweep(page, { epochs: 100 });
  await typeSeeds(page, "11-13");
  await page.getByLabel("Name, tag of the runs").fill("three seeds");
  await expect(several(page)).toContainText(/≈ .*FLOP in all/);
  await button(page, "Train 3 runs").click();
  await openPage(page, "Landscape");
  await expect(button(page, "Train")).toBeDisabled();
  await expect(section(page, "Training")).toContainText(/A sweep trains, \d runs? to go/);
  await button(page, "See it under Compare").click();
  await expect(row(page, "seed 11").getByRole("cell")).toHaveCount(5);
  const first = await row(page, "seed 11").textContent();
  await expect(row(page, "seed 12")).toContainText(/loss .* left/);
  await page.reload();
  await openPage(page, "Landscape");

  await expect(section(page, "Training")).toContainText("A sweep was cut off, 2 runs to go.");
  await button(page, "See it under Compare").click();
  await expect(status(page, "Train several")).toHaveText("can go on");
  await expect(several(page)).toContainText("three seeds");
  expect(await row(page, "seed 11").textContent()).toBe(first);
  await expect(row(page, "seed 12")).toContainText("waiting");
  await expect(row(page, "seed 13")).toContainText("waiting");
  await button(page, "Go on").click();
  await expect(status(page, "Train several")).toHaveText("ended");
  await expect(several(page).getByRole("status")).toHaveText("3 of 3 runs ended");
  expect(await row(page, "seed 11").textContent()).toBe(first);
  for (const name of ["seed 12", "seed 13"]) await expect(row(page, name).getByRole("cell")).toHaveCount(5);
  const figures = await Promise.all(["seed 11", "seed 12", "seed 13"].map((name) => row(page, name).textContent()));
  expect(new Set(figures).size).toBe(3);

  const kept = await page.evaluate(keptRuns);
  expect(kept.map(({ name, status: ended, tags }) => [name, ended, tags])).toEqual(
    ["seed 11", "seed 12", "seed 13"].map((name) => [name, "complete", ["three seeds"]]),
  );

  await button(page, "Open seed 12 on the Landscape page").click();
  await expect(status(page, "Training")).toHaveText("complete");
  await openPage(page, "Compare");
  await button(page, "New sweep").click();
  await expect(button(page, "Choose what differs")).toBeVisible();
});

test("a run that diverges, one that is skipped and tried again; what can't be trained is refused in words", async ({
  page,
}) => {
  // Weights grow a hundredfold at every step of a rate of 100.
  await openSweep(page, { epochs: 100, weightDecay: 1 });
  await typeSeeds(page, "1, 1");
  await expect(several(page)).toContainText("Give each value once");
  await typeSeeds(page, "one");
  await expect(several(page)).toContainText('"one": Give a whole number from 0 to 4294967295.');
  await expect(button(page, "Train several")).toBeDisabled();
  await page.getByRole("combobox", { name: "What differs, 1" }).click();
  await page.getByRole("option", { name: "Learning rate" }).click();
  await page.getByRole("textbox", { name: "Values of learning rate" }).fill("0.01, 100, 0.02");
  await button(page, "Train 3 runs").click();
  await button(page, "Skip rate 0.01").click();
  await expect(row(page, "rate 0.01")).toContainText("cancelled");
  await expect(row(page, "rate 100")).toContainText("the loss is not finite");
  await expect(status(page, "Train several")).toHaveText("ended");
  await expect(row(page, "rate 0.02").getByRole("cell")).toHaveCount(5);
  await button(page, "Try rate 0.01 again").click();
  await expect(row(page, "rate 0.01").getByRole("cell")).toHaveCount(5);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours axe finds nothing`, () => {
    test.use({ colorScheme });

    test("in a sweep's settings, while it trains, and in its results", async ({ page }) => {
      const expectNoViolations = async () => {
        await atRest(page);
        const { violations } = await new AxeBuilder({ page }).exclude("[role=tooltip]").analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      };
      await openSweep(page, { epochs: 500 });
      await button(page, "Let something else differ too").click();
      await page.getByRole("combobox", { name: "What differs, 2" }).click();
      await page.getByRole("option", { name: "Optimiser" }).click();
      await typeSeeds(page, "1, x");
      await expect(several(page)).toContainText('"x": Give');
      await expectNoViolations();
      await typeSeeds(page, "1");
      await button(page, "Train 2 runs").click();
      await expect(several(page)).toContainText(/loss .* left/);
      await expectNoViolations();
      await button(page, "Cancel all").click();
      await expect(status(page, "Train several")).toHaveText("ended");
      await expectNoViolations();
    });
  });
}
