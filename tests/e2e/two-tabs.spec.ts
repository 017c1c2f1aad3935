import { expect, type Page, test } from "@playwright/test";
import { button, link, measureAfterwards, openPage, pause, section, status, trainOnly } from "./basin-page.ts";

const openRuns = (page: Page) => openPage(page, "Runs");
const row = (page: Page, name: string | RegExp) => page.locator(".runs-table tbody tr").filter({ hasText: name });
const panel = (page: Page) => page.getByRole("complementary", { name: "The current run" });

test("a run that trains in one tab is shown so in the other, where it can neither be deleted nor gone on with", async ({
  page,
  context,
}) => {
  await page.goto(link({ epochs: 4000, initSeed: 12 }));
  await measureAfterwards(page, false);
  await button(page, "Train").click();
  await pause(page);
  await button(page, "Resume").click();

  const other = await context.newPage();
  await other.goto("/");
  await expect(section(other, "Training")).toContainText("This run trains in another tab of this browser.");
  await expect(button(other, /^Resume after/)).toBeDisabled();
  await openRuns(other);
  await expect(row(other, "seed 12")).toContainText("training in another tab");
  await expect(panel(other)).toContainText("It is training in another tab of this browser.");
  await expect(panel(other).getByRole("button", { name: "Delete" })).toBeDisabled();
  await row(other, "seed 12").locator(".run-name").press("Delete");
  await expect(other.getByRole("alert").filter({ hasText: "Not deleted" })).toContainText("in another tab");
  await expect(row(other, "seed 12")).toHaveCount(1);

  await openRuns(page);
  await expect(row(page, "seed 12")).toContainText("training");
  await openPage(page, "Landscape");
  await button(page, "Stop").click();
  await expect(status(page, "Training")).toHaveText("stopped");
  const resume = (await button(page, /^Resume after/).textContent()) ?? "";
  await expect(row(other, "seed 12")).toContainText("stopped");
  await expect(panel(other).getByRole("button", { name: "Delete" })).toBeEnabled();
  await openPage(other, "Landscape");
  await expect(button(other, resume)).toBeEnabled();
});

test("a tab that crashes gives its run free in the other", async ({ page, context }) => {
  await page.goto(link({ epochs: 4000, initSeed: 12 }));
  await measureAfterwards(page, false);
  await button(page, "Train").click();
  await pause(page);
  const other = await context.newPage();
  await other.goto("/");
  await expect(button(other, /^Resume after/)).toBeDisabled();
  const session = await context.newCDPSession(page);
  session.send("Page.crash").catch(() => undefined);
  await expect(button(other, /^Resume after/)).toBeEnabled();
});

test("a sweep that trains in one tab is followed in the other, and its run is not deleted there", async ({
  page,
  context,
}) => {
  await trainOnly(page, { initSeed: 11 });
  await page.goto("about:blank");
  await page.goto(link({ epochs: 2000 }));
  await openPage(page, "Compare");
  await button(page, "Choose what differs").click();
  await page.getByRole("textbox", { name: "Values of seed of weights" }).fill("31-32");
  await button(page, "Train 2 runs").click();
  await expect(section(page, "Train several")).toContainText(/loss .* left/);

  const other = await context.newPage();
  await other.goto("/");
  await expect(section(other, "Training")).toContainText("Another tab trains a sweep, 2 runs to go.");
  await button(other, "See it under Compare").click();
  await expect(status(other, "Train several")).toHaveText("in another tab");
  await expect(section(other, "Train several")).toContainText("cancel it there");
  await button(page, "Skip seed 31").click();
  await expect(section(other, "Train several").getByRole("row").filter({ hasText: "seed 31" })).toContainText(
    "cancelled",
  );
  await expect(section(page, "Train several")).toContainText(/loss .* left/);
  await openRuns(page);
  await expect(row(page, "seed 31")).toContainText("stopped");
  await openPage(page, "Compare");
  await button(page, "Cancel all").click();
  await expect(status(other, "Train several")).toHaveText("ended");
});
