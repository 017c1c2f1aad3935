import { expect, type Page, test } from "@playwright/test";
import {
  button,
  checkpointKept,
  link,
  linkOnWebgpu,
  measureAfterwards,
  pause,
  section,
  status,
  stepsTaken,
  train,
} from "./basin-page.ts";

/** A run that has a checkpoint and goes on. */
async function trainPastCheckpoint(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await button(page, "Train").click();
  await measureAfterwards(page, false);
  await expect.poll(() => stepsTaken(page)).toBeGreaterThan(0);
  await pause(page);
  await checkpointKept(page);
  const kept = await stepsTaken(page);
  await button(page, "Resume").click();
  return kept;
}

async function expectRecovery(page: Page, kept: number, what: RegExp): Promise<void> {
  await expect(status(page, "Training")).toHaveText("failed");
  const alert = section(page, "Training").getByRole("alert");
  await expect(alert).toContainText("Training stopped with an error");
  await expect(alert).toContainText(what);
  await expect(alert).toContainText("Nothing is lost up to ");
  await button(page, /^Resume after/).click();
  await expect.poll(() => stepsTaken(page)).toBeGreaterThan(kept);
  await expect(status(page, "Training")).toHaveText("complete");
}

test("a graphics device that is lost in mid-run costs nothing before the checkpoint", async ({ page, browser }) => {
  const kept = await trainPastCheckpoint(page, linkOnWebgpu({ epochs: 25 }));
  const session = await browser.newBrowserCDPSession();
  await session.send("Browser.crashGpuProcess");
  await expectRecovery(page, kept, /The graphics device was lost/);
});

test("a compute worker that dies in mid-run is replaced, and the run goes on from the checkpoint", async ({ page }) => {
  const kept = await trainPastCheckpoint(page, link({ epochs: 100 }));
  const compute = page.workers().find((worker) => worker.url().includes("/compute-"));
  await compute?.evaluate(() => {
    setTimeout(() => {
      throw new Error("struck by the test");
    });
  });
  await expectRecovery(page, kept, /The compute worker stopped: .*struck by the test/);
});

test("a compute worker that cannot be loaded is named, and training can be tried again", async ({ page }) => {
  await page.route("**/compute-*.js", (route) => route.abort());
  await train(page);
  const alert = section(page, "Training").getByRole("alert").filter({ hasText: "Training stopped with an error" });
  await expect(alert).toContainText(/worker/i);
  await page.unroute("**/compute-*.js");
  await button(page, /^(Train again|Start anew)$/).click();
  await expect(status(page, "Training")).toHaveText("complete");
});
