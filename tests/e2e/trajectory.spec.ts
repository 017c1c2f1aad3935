import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { readNpz } from "../../src/experiment/numpy/npz.ts";
import { button, keptFiles, link, savedFile, section, setSwitch, status } from "./basin-page.ts";

const recorded = { record: "4:16", epochs: 6, grid: "11x11" };
const steps = 60;

const path = (page: Page) => section(page, "Training path");
const slider = (page: Page) => page.getByRole("slider", { name: "Training step" });

const exported = (page: Page, title: string) =>
  savedFile(page, async () => {
    await button(page, "Export").click();
    await page.getByRole("menuitem", { name: title, exact: true }).click();
  });

async function trainWithPath(page: Page): Promise<void> {
  await page.goto(link(recorded));
  await expect(section(page, "Experiment")).toContainText("16 points, 6.3 MB, every 4 steps");
  await button(page, "Train").click();
  await expect(path(page)).toContainText("16 points recorded");
  await expect(status(page, "Surface")).toHaveText("complete");
}

async function showPlane(page: Page): Promise<void> {
  await button(page, "Path plane").click();
  await expect(page.locator(".caption")).toContainText("Principal direction 1 of the training’s path (α)");
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(path(page)).toContainText(/Variance: PC 1 \d+ %, PC 2/);
}

/** The path's table as rows by the names of its columns. */
async function pathTable(page: Page): Promise<Record<string, number>[]> {
  const { name, bytes } = await exported(page, "Training path (CSV)");
  expect(name).toBe("basin-path.csv");
  const [head, ...lines] = bytes.toString().trim().split("\n");
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((text, k) => [columns[k], Number(text)])));
}

/** Pixels of the picture on the plate that are near a colour. */
async function pixelsNear(page: Page, [red, green, blue]: readonly number[]): Promise<number> {
  const { data, channels } = decode(await page.locator(".scene canvas").screenshot());
  let count = 0;
  for (let at = 0; at < data.length; at += channels)
    if (Math.hypot(data[at] - red, data[at + 1] - green, data[at + 2] - blue) < 40) count += 1;
  return count;
}

const accent = [161, 22, 92];

test("a run's path is recorded, seen over its plane, and ends where the surface has its centre", async ({ page }) => {
  await trainWithPath(page);
  await showPlane(page);
  const table = await pathTable(page);
  expect(table.map(({ step }) => step)).toEqual(Array.from({ length: 16 }, (_, k) => 4 * k));
  const last = table[15];
  expect(Math.hypot(last.alpha, last.beta, last.offPlane)).toBe(0);
  const { bytes } = await exported(page, "Values for NumPy (npz)");
  const npz = readNpz(bytes, "surface.npz");
  const at = (axis: ArrayLike<number>) => Array.from(axis).findIndex((value) => Math.abs(value) < 1e-12);
  const centre = at(npz.beta.data as Float64Array) * 11 + at(npz.alpha.data as Float64Array);
  expect(last.loss).toBe((npz.loss.data as Float64Array)[centre]);
  expect(npz.path_loss.shape).toEqual([16]);
  // All of it lies inside the frame that was fitted to it.
  expect(await page.locator(".caption").textContent()).not.toContain("beyond the frame");

  const withPath = await pixelsNear(page, accent);
  await setSwitch(page.getByLabel("Draw the path"), false);
  await expect(slider(page)).toBeHidden();
  const without = await pixelsNear(page, accent);
  expect(withPath).toBeGreaterThan(without + 300);
});

test("the path's plane is one step of undo, and a link", async ({ page }) => {
  await trainWithPath(page);
  await showPlane(page);
  await expect(page).toHaveURL(/x=pca:1&y=pca:2&normalize=none&biases=include/);
  await button(page, "Undo").click();
  await expect(page.locator(".caption")).toContainText("seeds 1 (α) and 2 (β), filter-normalised");
  await expect(page).toHaveURL(/record=4:16/);
});

test("the training is replayed by the keyboard, with the figures of every step", async ({ page }) => {
  await trainWithPath(page);
  await slider(page).focus();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", `Step ${steps}, epoch 6.00`);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "Step 52, epoch 5.20");
  const readout = page.getByTestId("path-readout");
  await expect(readout).toContainText("Step52Epoch5.20");
  await expect(readout).toContainText(/off the plane\d/);
  const replay = page.getByRole("region", { name: "Replay of the training" });
  await expect(replay).toContainText("Training, epoch 5");
  await page.keyboard.press("Home");
  await expect(replay).toContainText("Step 0, epoch 0.00");
  await button(page, "Replay the training").click();
  await expect(button(page, "Pause the replay")).toBeVisible();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^Step [48],/);
  await button(page, "Pause the replay").click();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test("a path comes back with its run after a reload, bit by bit", async ({ page }) => {
  await trainWithPath(page);
  const surfaces = () => keptFiles(page, "surface");
  await expect.poll(surfaces).toHaveLength(1);
  const first = await surfaces();
  await showPlane(page);
  const before = await pathTable(page);
  await expect.poll(surfaces).not.toEqual(first);
  await page.reload();
  await expect(path(page)).toContainText("16 points recorded");
  await expect(path(page)).toContainText(/Variance: PC 1/);
  expect(await pathTable(page)).toEqual(before);
});

test("a run without a recording says how to get one; so does a budget that holds no path", async ({ page }) => {
  await page.goto(link({ epochs: 2, grid: "5x5" }));
  await button(page, "Train").click();
  await expect(path(page)).toContainText("This run has no recorded path: switch on “Record the path”");
  await setSwitch(page.getByLabel("Record the path"), true);
  await expect(section(page, "Experiment")).toContainText("11 points, 4.3 MB, every 2 steps");
  await page.getByLabel("Memory limit, MB").fill("1");
  await page.getByLabel("Memory limit, MB").blur();
  await expect(section(page, "Experiment")).toContainText(/Nothing is recorded: a point takes/);
});
