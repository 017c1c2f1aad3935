import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import {
  atRest,
  button,
  drop,
  keptRuns,
  link,
  measureAfterwards,
  openPage,
  pause,
  savedFile,
  section,
  status,
  trainOnly,
} from "./basin-page.ts";

const openRuns = (page: Page) => openPage(page, "Runs");
const rows = (page: Page): Locator => page.locator(".runs-table tbody tr");
const row = (page: Page, name: string | RegExp): Locator => rows(page).filter({ hasText: name });

/** From the row's own field. */
async function rename(page: Page, from: RegExp, name: string): Promise<void> {
  await row(page, from).locator(".run-name").press("F2");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(row(page, name)).toHaveCount(1);
}

const exported = (page: Page) =>
  savedFile(page, () => page.getByRole("complementary").getByRole("button", { name: "Export" }).click());

/** Trains two runs that differ in their initial weights, and shows the list. */
async function trainTwo(page: Page): Promise<void> {
  await trainOnly(page, { initSeed: 11 });
  await openRuns(page);
  await expect(row(page, /seed 11/)).toContainText("complete");
  await page.goto("about:blank");
  await page.goto(link({ initSeed: 12 }));
  await measureAfterwards(page, false);
  // Not before the first run is back on the page.
  await button(page, "Train again").click();
  await openRuns(page);
  await expect(row(page, /seed 12/)).toContainText("complete");
  await expect(rows(page)).toHaveCount(2);
}

test("two runs are listed, renamed, sorted, filtered, opened, and are so after a reload", async ({ page }) => {
  await trainTwo(page);
  const long = "Two hidden layers of thirty-two, tanh, Xavier, with the learning rate of the first paper";
  await rename(page, /seed 11/, long);
  // The whole name is there: what does not fit into a line goes into the next.
  const hidden = (name: HTMLElement) => [name.scrollWidth - name.clientWidth, name.scrollHeight - name.clientHeight];
  const name = row(page, long).locator(".run-name");
  expect(await name.evaluate(hidden)).toEqual([0, 0]);
  expect((await name.boundingBox())?.height).toBeLessThan(80);
  await rename(page, /first paper/, "Eleven");
  await rename(page, /seed 12/, "Twelve");
  await row(page, "Eleven").locator(".run-name").click();
  await page.getByLabel("Tags").fill("seeds, first");
  await page.getByLabel("Tags").press("Enter");
  await page.getByRole("radio", { name: "teal" }).check({ force: true });
  await page.getByLabel("Note").fill("the better one");
  await page.getByLabel("Note").blur();
  await expect.poll(async () => (await page.evaluate(keptRuns)).map(({ note }) => note)).toContain("the better one");
  await page.reload();
  await openRuns(page);
  await expect(row(page, "Eleven")).toContainText("seeds");
  await row(page, "Eleven").locator(".run-name").click();
  await expect(page.getByLabel("Note")).toHaveValue("the better one");
  await expect(page.getByRole("radio", { name: "teal" })).toBeChecked();
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(rows(page).locator(".run-name")).toHaveText(["Eleven", "Twelve"]);
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(rows(page).locator(".run-name")).toHaveText(["Twelve", "Eleven"]);
  await page.getByLabel("Find runs").fill("better teal");
  await expect(page.getByText("No run is like that.")).toBeVisible();
  await page.getByLabel("Find runs").fill("BETTER first");
  await expect(rows(page).locator(".run-name")).toHaveText(["Eleven"]);
  await button(page, "Open").click();
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(page).toHaveURL(/initSeed=11/);
});

test("a deleted run comes back by undo, and by a reload; without either it is gone", async ({ page }) => {
  await trainTwo(page);
  await rename(page, /seed 11/, "Eleven");
  const removeEleven = async () => {
    await row(page, "Eleven").locator(".run-name").press("Delete");
    await expect(rows(page)).toHaveCount(1);
  };
  const notice = page.getByRole("alert").filter({ hasText: "Run deleted: Eleven" });
  await removeEleven();
  await notice.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveCount(2);
  await removeEleven();
  await page.keyboard.press("Control+z");
  await expect(rows(page)).toHaveCount(2);
  await expect(notice).toHaveCount(0);
  await removeEleven();
  await page.reload();
  await openRuns(page);
  await expect(rows(page)).toHaveCount(2);
  await removeEleven();
  await page.getByRole("alert").filter({ hasText: "Run deleted" }).waitFor({ state: "detached" });
  await page.reload();
  await openRuns(page);
  await expect(rows(page)).toHaveCount(1);
});

test("exported, deleted and imported back a run is the same, and exports the same bytes", async ({ page }) => {
  await trainTwo(page);
  await rename(page, /seed 11/, "Eleven");
  await row(page, "Eleven").locator(".run-name").click();
  const first = await exported(page);
  expect(Object.keys(unzipSync(first.bytes)).map((path) => path.split("/")[1])).toEqual([
    "run.json",
    "spec.json",
    "metrics.csv",
    "checkpoint.safetensors",
    "optimizer.safetensors",
  ]);
  await row(page, "Eleven").locator(".run-name").press("Delete");
  await drop(page, [{ name: first.name, bytes: first.bytes }]);
  await expect(page.getByText("1 run imported.")).toBeVisible();
  await expect(row(page, "Eleven")).toHaveCount(1);
  await row(page, "Eleven").locator(".run-name").click();
  const second = await exported(page);
  expect(second.name).toBe(first.name);
  expect(second.bytes.equals(first.bytes)).toBe(true);
  await drop(page, [{ name: first.name, bytes: first.bytes }]);
  await expect(page.getByText("1 run here already, left as is.")).toBeVisible();
  await drop(page, [{ name: "cut.zip", bytes: first.bytes.subarray(0, 5000) }]);
  await expect(page.getByText("cut.zip: It is not a whole zip file")).toBeVisible();
  const flipped = Uint8Array.from(first.bytes);
  flipped[Math.floor(flipped.length / 2)] ^= 1;
  await drop(page, [{ name: "flipped.zip", bytes: flipped }]);
  await expect(page.getByText(/flipped\.zip, .*checkpoint\.safetensors: It was damaged/)).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
});

test("two people's runs are merged: what is here with other content is asked about", async ({ page, browser }) => {
  await trainTwo(page);
  await rename(page, /seed 11/, "Eleven");
  await row(page, "Eleven").locator(".run-name").click();
  const mine = await exported(page);

  const theirPage = await (await browser.newContext()).newPage();
  await theirPage.goto("/");
  await openRuns(theirPage);
  await drop(theirPage, [{ name: mine.name, bytes: mine.bytes }]);
  await expect(row(theirPage, "Eleven")).toHaveCount(1);
  await rename(theirPage, /Eleven/, "Theirs");
  const theirs = await exported(theirPage);
  await theirPage.context().close();

  const dialog = page.getByRole("dialog", { name: "This run is here with other content" });
  const importAs = async (choice: string) => {
    await drop(page, [{ name: theirs.name, bytes: theirs.bytes }]);
    await expect(dialog).toContainText("Eleven, saved here");
    await expect(dialog).toContainText("They differ in labels and status.");
    await dialog.getByText(choice).click();
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await importAs("Keep mine");
  await expect(page.getByText("1 run here already, left as is.")).toBeVisible();
  await importAs("Keep both");
  await expect(row(page, "Theirs (imported)")).toHaveCount(1);
  await expect(rows(page)).toHaveCount(3);
  await importAs("Take theirs");
  await expect(row(page, "Eleven")).toHaveCount(0);
  await expect(row(page, /Theirs/)).toHaveCount(2);
});

test("an export says where it took an earlier save in place of a damaged one", async ({ page }) => {
  await page.goto(link({ epochs: 4000, initSeed: 13 }));
  await measureAfterwards(page, false);
  await button(page, "Train").click();
  for (let times = 0; times < 2; times++) {
    await pause(page);
    await button(page, "Resume").click();
  }
  await button(page, "Stop").click();
  await expect(status(page, "Training")).toHaveText("stopped");
  await page.evaluate(damageNewestCheckpoint);
  await openRuns(page);
  const { bytes } = await exported(page);
  expect(Object.keys(unzipSync(bytes)).some((path) => path.endsWith("/checkpoint.safetensors"))).toBe(true);
  const notice = page.getByRole("alert").filter({ hasText: "Exported, with an earlier save" });
  await expect(notice).toContainText(/Checkpoint: The latest save can't be used: .* This is the one before it\./);
});

/** In the page: flips a byte of the file that the database names as the current checkpoint. */
async function damageNewestCheckpoint(): Promise<void> {
  const opening = indexedDB.open("basin-runs");
  await new Promise((resolve) => opening.addEventListener("success", resolve));
  const slots = opening.result.transaction("slots").objectStore("slots");
  const [keys, values] = [slots.getAllKeys(), slots.getAll()];
  await new Promise((resolve) => values.addEventListener("success", resolve));
  opening.result.close();
  const at = keys.result.findIndex((key) => Array.isArray(key) && key[1] === "checkpoint");
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("basin-runs");
  const handle = await folder.getFileHandle(values.result[at].current.file);
  const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  const stream = await handle.createWritable();
  await stream.write(bytes);
  await stream.close();
}

test("a run's link gives somebody else the same experiment", async ({ page, browser, context }) => {
  await trainOnly(page, { initSeed: 17, learningRate: 0.03 });
  const { origin } = new URL(page.url());
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await openRuns(page);
  const figures = (at: Page) =>
    row(at, /seed 17/)
      .locator(".number")
      .allTextContents();
  await expect(row(page, /seed 17/)).toContainText("complete");
  const mine = await figures(page);
  await button(page, "Copy link").click();
  const shared = await page.evaluate(() => navigator.clipboard.readText());

  const other = await (await browser.newContext()).newPage();
  await other.goto(shared);
  await measureAfterwards(other, false);
  await button(other, "Train").click();
  await expect(status(other, "Training")).toHaveText("complete");
  await openRuns(other);
  await expect(row(other, /seed 17/)).toContainText("complete");
  // n, epochs, losses and accuracies: all but sizes and dates.
  expect((await figures(other)).slice(0, 6)).toEqual(mine.slice(0, 6));
  await other.context().close();
});

test("another tab sees what is renamed and deleted here", async ({ page, context }) => {
  await trainOnly(page, { initSeed: 11 });
  await openRuns(page);
  const other = await context.newPage();
  await other.goto("/");
  await openRuns(other);
  await rename(page, /seed 11/, "Eleven");
  await expect(row(other, "Eleven")).toHaveCount(1);
  await rename(other, /Eleven/, "Eleven of two tabs");
  await expect(row(page, "Eleven of two tabs")).toHaveCount(1);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("axe finds nothing, with no run and with one", async ({ page }) => {
      const expectNone = async () => {
        await atRest(page);
        const { violations } = await new AxeBuilder({ page }).exclude("[role=tooltip]").analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      };
      await page.goto("/");
      await openRuns(page);
      await expect(page.getByText("No run is kept yet")).toBeVisible();
      await expectNone();
      await page.goto("about:blank");
      await trainOnly(page, { initSeed: 11 });
      await openRuns(page);
      await expect(rows(page)).toHaveCount(1);
      await expect(section(page, "Storage")).toBeVisible();
      await expectNone();
    });
  });
}
