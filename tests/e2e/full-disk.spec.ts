/** A disk without room, by the browser's own quota: what the page says, what stays, and what is kept once there is room. */
import { expect, type Page, test } from "@playwright/test";
import {
  button,
  drop,
  keptFiles,
  link,
  measureAfterwards,
  openPage,
  savedFile,
  section,
  status,
  trainOnly,
} from "./basin-page.ts";

const alert = (page: Page, title: string) => page.getByRole("alert").filter({ hasText: title });
const unkept = (page: Page) => alert(page, "The run could not be kept in this browser");
const path = (page: Page) => section(page, "Training path");
const row = (page: Page, name: string) => page.locator(".runs-table tbody tr").filter({ hasText: name });

/** Leaves room for so many bytes more than the site takes now, or lifts the limit. It holds as long as the session. */
async function limitRoom(page: Page) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  return {
    async leave(bytes: number) {
      const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
      await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: used + bytes });
    },
    lift: () => session.send("Storage.overrideQuotaForOrigin", { origin }),
  };
}

async function deleteRun(page: Page, name: string): Promise<void> {
  await row(page, name).locator(".run-name").press("Delete");
  await alert(page, "Run deleted").locator(".mantine-Notification-closeButton").click();
  await expect(row(page, name)).toHaveCount(0);
}

/** How many points of the run at hand are kept. */
const pointsKept = async (page: Page, name: string): Promise<number> => {
  await row(page, name).locator(".run-name").click();
  const { bytes } = await savedFile(page, () =>
    page.getByRole("complementary").getByRole("button", { name: "Export" }).click(),
  );
  return new Set(bytes.toString("latin1").match(/trajectory-\d{6}\.safetensors/g)).size;
};

test("a path that outgrows the disk is kept in part, and whole once there is room; no run comes in by halves", async ({
  page,
}) => {
  const recorded = { record: "4:16", epochs: 6 };
  await trainOnly(page, { ...recorded, initSeed: 11 });
  await openPage(page, "Runs");
  await expect(row(page, "seed 11")).toContainText("complete");
  const { name, bytes } = await savedFile(page, () =>
    page.getByRole("complementary").getByRole("button", { name: "Export" }).click(),
  );
  const room = await limitRoom(page);
  await room.leave(3_000_000);
  await page.goto("about:blank");
  await page.goto(link({ ...recorded, initSeed: 12 }));
  await measureAfterwards(page, false);
  await button(page, "Train again").click();
  await expect(unkept(page)).toContainText(/The path is not kept from step \d+ on/);
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(path(page)).toContainText("16 points recorded");
  await openPage(page, "Runs");
  await expect(row(page, "seed 12")).toContainText("complete");
  const before = await pointsKept(page, "seed 12");
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(16);

  await deleteRun(page, "seed 11");
  await expect.poll(() => pointsKept(page, "seed 12")).toBe(16);
  await room.leave(1_000_000);
  await drop(page, [{ name, bytes }]);
  await expect(alert(page, "The runs could not be imported")).toContainText("There is no room left");
  await expect(row(page, "seed 11")).toHaveCount(0);
  await room.lift();
  await drop(page, [{ name, bytes }]);
  await expect(page.getByText("1 run imported.")).toBeVisible();
  await page.reload();
  await expect(row(page, "seed 12")).toContainText("complete");
  expect(await pointsKept(page, "seed 11")).toBe(16);
});

test("a run and its surface are not lost on a full disk while their page is open, are asked about, and are kept later", async ({
  page,
}) => {
  await trainOnly(page, { initSeed: 11 });
  const room = await limitRoom(page);
  await room.leave(0);
  await page.goto("about:blank");
  await page.goto(link({ initSeed: 12, grid: "5x5" }));
  await button(page, "Train again").click();
  await expect(unkept(page)).toContainText("no room");
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(unkept(page)).toContainText("no room");

  const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();

  await openPage(page, "Runs");
  await expect(row(page, "seed 11")).toContainText("complete");
  await room.lift();
  await deleteRun(page, "seed 11");
  await expect(row(page, "seed 12")).toContainText("complete");
  await expect.poll(() => keptFiles(page, "surface")).toHaveLength(1);
  const asked: string[] = [];
  page.on("dialog", (later) => {
    asked.push(later.type());
    void later.accept();
  });
  await page.reload();
  await openPage(page, "Landscape");
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(page).toHaveURL(/initSeed=12/);
  expect(asked).toEqual([]);
});
