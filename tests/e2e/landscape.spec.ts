import { expect, type Page, test } from "@playwright/test";

const smallRun = "#model=mlp&activation=tanh&init=xavier-normal&learningRate=0.02&batchSize=100&epochs=1";

/** Addresses outside this machine that the page asks for. */
function watchForeignRequests(page: Page): string[] {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") foreign.push(request.url());
  });
  return foreign;
}

test("the page opens with a model chosen and asks no other host", async ({ page }) => {
  const foreign = watchForeignRequests(page);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Train" }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Where to begin" })).toBeVisible();
  expect(foreign).toEqual([]);
});

test("a linked experiment trains, its surface streams in and can be cancelled, and a reload keeps it all", async ({
  page,
}) => {
  const foreign = watchForeignRequests(page);
  await page.goto(`/${smallRun}`);
  await page.getByRole("button", { name: "Train" }).first().click();
  await expect(page.getByText(/^[1-9]\d* of 2.?601 points, /)).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText(/minimum \d/).first()).toBeVisible();
  await page.getByRole("button", { name: "Cancel, keep what is measured" }).click();
  await expect(page.getByRole("button", { name: "Cancel, keep what is measured" })).toBeHidden();
  await expect(page.getByText(/minimum \d/).first()).toBeVisible();
  const summary = page.getByRole("status").filter({ hasText: "points measured" });
  const pointsShown = async () => Number(/(\d+) of/.exec((await summary.textContent()) ?? "")?.[1]);
  const shown = await pointsShown();
  expect(shown).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByText("Loss after 1 epoch, training set")).toBeVisible();
  // With what was on its way when it was cancelled.
  await expect.poll(pointsShown).toBeGreaterThanOrEqual(shown);
  await expect(page.getByRole("button", { name: "Train again" })).toBeVisible();
  expect(foreign).toEqual([]);
});
