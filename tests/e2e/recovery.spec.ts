import { expect, type Page, test } from "@playwright/test";
import {
  button,
  checkpointKept,
  link,
  linkOnWebgpu,
  measureAfterwards,
  openPage,
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

test("a graphics device that is lost while a surface has given way to eigenpairs costs neither what it has", async ({
  page,
  browser,
}) => {
  const solve = { top: 4, bottom: 0, tolerance: "1e-6" };
  await page.goto(linkOnWebgpu({ hidden: 12, train: 60, test: 20, grid: "41x41", ...solve }));
  await button(page, "Measure at initialisation").click();
  const tray = page.getByRole("button", { name: /jobs?: / });
  await expect(tray).toHaveAccessibleName(/Surface running/);
  await openPage(page, "Spectrum");
  await button(page, "Find eigenpairs").click();
  await tray.click();
  const jobs = page.getByRole("list", { name: /Jobs, in the order/ });
  await expect(jobs.getByRole("listitem").filter({ hasText: "Surface" })).toContainText("gives way to Eigenpairs");
  const session = await browser.newBrowserCDPSession();
  await session.send("Browser.crashGpuProcess");
  await expect(page.getByRole("figure", { name: "Eigenvalues" })).toBeVisible();
  await expect(tray).toHaveCount(0);
  await openPage(page, "Landscape");
  await expect(status(page, "Surface")).toHaveText("failed");
  const alert = section(page, "Surface").getByRole("alert");
  await expect(alert).toContainText("The graphics device was lost");
  await button(page, "Continue").click();
  const surface = section(page, "Surface");
  const measured = async () => Number((await surface.textContent())?.match(/(\d+) of 1.681 points/)?.[1] ?? 0);
  await expect.poll(measured).toBeGreaterThan(0);
  const before = await measured();
  await expect.poll(measured).toBeGreaterThan(before);
  await button(page, "Cancel, keep what is measured").click();
  await expect(status(page, "Surface")).toHaveText("partial");
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
