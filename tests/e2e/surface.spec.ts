import { expect, type Locator, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { readNpz } from "../../src/experiment/numpy/npz.ts";
import { surfaceFromFiles } from "../../src/experiment/surface-files.ts";
import { button, link, savedFile, section, status, train } from "./basin-page.ts";

const caption = (page: Page): Locator => page.locator(".caption");

const exported = (page: Page, title: string) =>
  savedFile(page, async () => {
    await button(page, "Export").click();
    await page.getByRole("menuitem", { name: title, exact: true }).click();
  });

async function choose(page: Page, field: string, option: string): Promise<void> {
  await section(page, "Surface").getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** The values of the surface on the plate, exact. */
async function values(page: Page) {
  const json = await exported(page, "Values and settings (JSON)");
  const npz = await exported(page, "Values for NumPy (npz)");
  return surfaceFromFiles(json.bytes.toString(), npz.bytes);
}

test("another normalisation is measured at once, along the same draw", async ({ page }) => {
  await train(page);
  await expect(status(page, "Surface")).toHaveText("complete");
  const byFilter = await values(page);
  await choose(page, "Normalisation", "whole vector");
  await expect(caption(page)).toContainText("seeds 1 (α) and 2 (β), model-normalised");
  await expect(status(page, "Surface")).toHaveText("complete");
  const asAWhole = await values(page);
  const centre = 4 * 9 + 4;
  expect(asAWhole.values.loss[centre]).toBe(byFilter.values.loss[centre]);
  expect(asAWhole.values.loss[0]).not.toBe(byFilter.values.loss[0]);
  expect(asAWhole.report.cosine).toBeCloseTo(byFilter.report.cosine ?? Number.NaN, 1);

  await choose(page, "Normalisation", "by filter");
  await expect(caption(page)).toContainText("filter-normalised");
  await expect(status(page, "Surface")).toHaveText("complete");
  const again = await values(page);
  expect(again.values.loss).toEqual(byFilter.values.loss);
  expect(again.report.directionNorms).toEqual(byFilter.report.directionNorms);
});

test("a line is measured and drawn, and the surface comes back with the direction it had", async ({ page }) => {
  await train(page);
  await expect(status(page, "Surface")).toHaveText("complete");
  await page.getByText("Line", { exact: true }).click();
  await expect(caption(page)).toContainText("A random Gaussian direction, seed 1");
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(page.getByRole("img", { name: "Loss along α" })).toBeVisible();
  const csv = (await exported(page, "Values (CSV)")).bytes.toString().trim().split("\n");
  expect(csv).toHaveLength(1 + 9);
  const svg = await exported(page, "Drawing (SVG)");
  expect(svg.name).toBe("basin-line-loss.svg");
  expect(await partsOfSvg(page, svg.bytes, "path, polyline, text")).toBeGreaterThan(5);
  await section(page, "Surface").getByText("Surface", { exact: true }).last().click();
  await expect(caption(page)).toContainText("seeds 1 (α) and 2 (β)");
  await expect(status(page, "Surface")).toHaveText("complete");
});

test("a surface that is cancelled keeps what is measured, exports it, and goes on from there", async ({ page }) => {
  await page.goto(link({ grid: "61x61" }));
  await button(page, "Measure at initialisation").click();
  const cancel = button(page, "Cancel, keep what is measured");
  await expect(section(page, "Surface")).toContainText(/^.*[1-9]\d* of 3.?721 points/);
  await cancel.click();
  await expect(status(page, "Surface")).toHaveText("partial");
  const partial = await values(page);
  const measured = partial.values.measured.reduce((sum, one) => sum + one, 0);
  expect(partial.report.status).toBe("cancelled");
  expect(measured).toBeGreaterThan(0);
  expect(measured).toBeLessThan(3721);
  await button(page, "Continue").click();
  const points = page.getByRole("progressbar", { name: "Points measured" });
  await expect(status(page, "Surface")).toHaveText("measuring");
  const shown = Number(await points.getAttribute("aria-valuenow"));
  expect(shown).toBeGreaterThanOrEqual(Math.round((measured / 3721) * 100));
  await cancel.click();
});

test("every export opens and holds the surface that is shown", async ({ page }) => {
  await train(page);
  await expect(status(page, "Surface")).toHaveText("complete");
  const { values: grid, report } = await values(page);
  expect([grid.columns, grid.rows]).toEqual([9, 9]);
  expect(report.status).toBe("complete");

  const npz = readNpz((await exported(page, "Values for NumPy (npz)")).bytes, "surface.npz");
  expect(npz.loss.shape).toEqual([9, 9]);
  expect(npz.alpha.shape).toEqual([9]);

  const lines = (await exported(page, "Values (CSV)")).bytes.toString().trim().split("\n");
  expect(lines).toHaveLength(1 + 81);
  const columns = lines[0].split(",");
  const losses = lines.slice(1).map((line) => Number(line.split(",")[columns.indexOf("loss")]));
  expect(losses).toEqual([...grid.loss]);

  const png = await exported(page, "Picture with legend and caption (PNG)");
  const picture = decode(png.bytes);
  expect(picture.width).toBeGreaterThan(600);
  expect(new Set(picture.data).size).toBeGreaterThan(50);

  const mesh = (await exported(page, "Mesh with colours (glTF)")).bytes;
  expect(mesh.toString("latin1", 0, 4)).toBe("glTF");
  expect(mesh.readUInt32LE(8)).toBe(mesh.length);
  const solid = (await exported(page, "Solid to print (STL)")).bytes;
  // 128 triangles above, as many below, two for each of the 32 edges around.
  expect(solid.readUInt32LE(80)).toBe(128 + 128 + 64);
  const polygons = (await exported(page, "Mesh for ParaView (vtp)")).bytes.toString();
  expect(polygons).toContain('NumberOfPoints="81" NumberOfPolys="128"');

  const map = await exported(page, "Contour map (SVG)");
  expect(map.name).toBe("basin-surface-loss-map.svg");
  expect(await partsOfSvg(page, map.bytes, "path, image, text")).toBeGreaterThan(5);
});

/** How many elements of a kind an SVG holds; fails when it is no well-formed SVG. */
function partsOfSvg(page: Page, bytes: Buffer, selector: string): Promise<number> {
  return page.evaluate(
    ([text, wanted]) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      if (parsed.documentElement.localName !== "svg" || parsed.querySelector("parsererror"))
        throw new Error(text.slice(0, 500));
      return parsed.querySelectorAll(wanted).length;
    },
    [bytes.toString(), selector],
  );
}
