import { expect, type Page, test } from "@playwright/test";
import {
  button,
  link,
  measureAfterwards,
  openPage,
  pause,
  section,
  status,
  stepsTaken,
  trainOnly,
} from "./basin-page.ts";

const openRuns = (page: Page) => openPage(page, "Runs");
const row = (page: Page, name: string | RegExp) => page.locator(".runs-table tbody tr").filter({ hasText: name });

/** Reloads within the very task that shows the run as complete. */
const reloadOnceComplete = () => {
  const look = () => {
    const shown = [...document.querySelectorAll(".section-aside")].some(
      ({ textContent }) => textContent === "complete",
    );
    if (!shown) return;
    watching.disconnect();
    location.reload();
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { subtree: true, childList: true, characterData: true });
};

test("a page that is reloaded the moment a run is complete has it complete", async ({ page }) => {
  for (const seed of [21, 22, 23]) {
    await page.goto("about:blank");
    await page.goto(link({ initSeed: seed }));
    await measureAfterwards(page, false);
    await page.evaluate(reloadOnceComplete);
    const reloaded = page.waitForEvent("load");
    await button(page, /^Train( again)?$/).click();
    await reloaded;
    await expect(status(page, "Training")).toHaveText("complete");
    await openRuns(page);
    await expect(row(page, `seed ${seed}`)).toContainText("complete");
  }
});

test("a renderer that crashes in mid-run costs the steps since the last checkpoint, and nothing that was finished", async ({
  page,
  context,
}) => {
  await trainOnly(page, { initSeed: 11 });
  await page.goto("about:blank");
  await page.goto(link({ epochs: 4000, initSeed: 12 }));
  await measureAfterwards(page, false);
  await expect(status(page, "Training")).toHaveText("complete");
  await button(page, "Train again").click();
  await pause(page);
  const kept = await stepsTaken(page);
  await button(page, "Resume").click();
  await expect.poll(() => stepsTaken(page)).toBeGreaterThan(kept + 5);
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => undefined);
  await crashed;

  const next = await context.newPage();
  await next.goto("/");
  const label = (await button(next, /^Resume after/).textContent()) ?? "";
  const [, count, unit] = label.match(/after (\d+) (epoch|step)/) ?? [];
  expect(Number(count) * (unit === "epoch" ? 10 : 1)).toBeGreaterThanOrEqual(kept);
  await openRuns(next);
  await expect(row(next, "seed 12")).toContainText("of 4000");
  await row(next, "seed 11").locator(".run-name").click();
  await button(next, "Open").click();
  await expect(status(next, "Training")).toHaveText("complete");
});

test("on a full disk a result is not lost while its page is open, is asked about, and is saved once there is room", async ({
  page,
  context,
}) => {
  await trainOnly(page, { initSeed: 11 });
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  await page.goto("about:blank");
  await page.goto(link({ initSeed: 12 }));
  await measureAfterwards(page, false);
  await button(page, "Train again").click();
  await expect(page.getByRole("alert").filter({ hasText: "The run could not be kept" })).toContainText("no room left");
  await expect(status(page, "Training")).toHaveText("complete");

  const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();

  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await openRuns(page);
  await row(page, "seed 11").locator(".run-name").press("Delete");
  await page.getByRole("alert").filter({ hasText: "Run deleted" }).locator(".mantine-Notification-closeButton").click();
  await expect(row(page, "seed 12")).toContainText("complete");
  const asked: string[] = [];
  page.on("dialog", (later) => {
    asked.push(later.type());
    void later.accept();
  });
  await page.reload();
  await openPage(page, "Landscape");
  await expect(section(page, "Training").getByText("complete")).toBeVisible();
  await expect(page).toHaveURL(/initSeed=12/);
  expect(asked).toEqual([]);
});
