/** Two runs from different seeds, side by side: surfaces on one scale, values, distances, line and curve between them, kept. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { atRest, button, link, measureAfterwards, openPage, savedFile, section, status } from "./basin-page.ts";

async function openCompare(page: Page): Promise<void> {
  await openPage(page, "Compare");
  await button(page, "Directions, normalisation, grid").click();
  await page.getByLabel("Grid, points per side", { exact: true }).fill("5");
}

/** The Compare page lists what the browser's storage holds, also what is kept while it is open. */
async function expectKept(page: Page, seed: number): Promise<void> {
  await openPage(page, "Compare");
  const listed = page.getByRole("checkbox", { name: new RegExp(`Xavier, seed ${seed}.*loss [\\d.]+$`) });
  await expect(listed).toBeVisible();
}

const pane = (page: Page, seed: number) => page.getByRole("article", { name: `seed ${seed},` });

test("two runs of different seeds stand side by side, and what lies between them is measured", async ({ page }) => {
  for (const seed of [1, 2]) {
    await page.goto("about:blank");
    await page.goto(link({ initSeed: seed, epochs: 1 }));
    await measureAfterwards(page, false);
    // The run before is put back, and can be trained again.
    await button(page, /^Train( again)?$/).click();
    await expect(button(page, "Stop")).toBeVisible();
    await expect(status(page, "Training")).toHaveText("complete");
    await expectKept(page, seed);
  }
  await openCompare(page);
  await expect(pane(page, 1)).toBeVisible();
  await button(page, "Measure 2 surfaces").click();
  await expect(status(page, "Surfaces")).toHaveText("complete");
  await expect(section(page, "Surfaces")).toContainText("50 of 50 points");

  await test.step("pointing at one reads both", async () => {
    await page.getByText("Maps", { exact: true }).click();
    const map = page.getByRole("img", { name: /seed 1,.*contour map$/ });
    await map.hover({ position: { x: 2, y: 2 } });
    await expect(page.getByText("All are read at α = −1.000, β = 1.000.")).toBeVisible();
    for (const seed of [1, 2]) await expect(pane(page, seed).locator(".pane-value")).toHaveText(/^Loss \d/);
  });

  await test.step("a drawing for print holds both", async () => {
    const { name, bytes } = await savedFile(page, async () => {
      await button(page, "Save: surfaces side by side").click();
      await page.getByRole("menuitem", { name: "Drawing for print (SVG)" }).click();
    });
    expect(name).toBe("basin-compare.svg");
    const drawing = bytes.toString();
    for (const seed of [1, 2]) expect(drawing).toMatch(new RegExp(`, seed ${seed}, [^<]+</text>`));
    expect(drawing.match(/<image /g)).toHaveLength(2);
  });

  await test.step("distances", async () => {
    await button(page, "Measure distances").click();
    const matrix = page.getByRole("region", { name: "Distance ‖θ − θ′‖" }).getByRole("cell");
    await expect(matrix.filter({ hasText: /^\d/ })).toHaveCount(2);
    const [apart, matched] = (await matrix.filter({ hasText: /^\d/ }).allTextContents()).map(Number);
    expect(matched).toBeGreaterThan(0);
    expect(matched).toBeLessThanOrEqual(apart);
  });

  await test.step("the line begins and ends at the runs", async () => {
    await button(page, "Measure line").click();
    const line = page.getByRole("figure", { name: "Between two runs" });
    await expect(line).toContainText("21 points, on");
    const { bytes } = await savedFile(page, async () => {
      await button(page, "Save: Between two runs").click();
      await page.getByRole("menuitem", { name: "Values (CSV)" }).click();
    });
    const rows = bytes
      .toString()
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(",").map(Number));
    const { bytes: values } = await savedFile(page, () => button(page, "Save: Numbers").click());
    // The run's name has commas; the values follow it.
    const losses = values
      .toString()
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => Number(row.split('",')[1].split(",")[0]));
    expect(rows).toHaveLength(21);
    expect(rows[0][1]).toBeCloseTo(losses[0], 5);
    expect(rows[20][1]).toBeCloseTo(losses[1], 5);
    // Matching permutes units: the end is the same function.
    expect(rows[20][5]).toBeCloseTo(losses[1], 5);
  });

  await test.step("a curve of low loss is trained between them, and drawn over its plane", async () => {
    await page.getByLabel("Epochs", { exact: true }).last().fill("20");
    await button(page, "Train curve").click();
    const curve = page.getByRole("figure", { name: "Connecting curve" });
    await expect(curve).toContainText("for 20 epochs");
    await expect(curve.locator(".path-straight").first()).toHaveAttribute("d", /L/);
    await expect(button(page, "Train curve")).toBeVisible();
    const { bytes } = await savedFile(page, async () => {
      await button(page, "Save: Connecting curve").click();
      await page.getByRole("menuitem", { name: "Values (CSV)" }).click();
    });
    const [head, ...rows] = bytes
      .toString()
      .trim()
      .split("\n")
      .map((row) => row.split(","));
    const column = (name: string) => rows.map((row) => Number(row[head.indexOf(name)]));
    const [curved, straight] = [column("curveTrainLoss"), column("straightTrainLoss")];
    expect(rows).toHaveLength(21);
    expect(curved[0]).toBe(straight[0]);
    expect(curved[20]).toBe(straight[20]);
    expect(Math.max(...curved)).toBeLessThan(Math.max(...straight));
    await page.getByRole("combobox", { name: "Points per side of the curve's plane" }).click();
    await page.getByRole("option", { name: "15 × 15" }).click();
    await button(page, "Measure surface").click();
    const plane = page.getByRole("figure", { name: "Surface in the curve's plane" });
    await expect(plane).toContainText("225 of 225 points");
    await expect(plane.locator(".plane-mark")).toHaveCount(3);
    await expect(plane.locator(".plane-path polyline").last()).toHaveAttribute("points", /^[\d.,\s-]+$/);
    const save = (format: string) =>
      savedFile(page, async () => {
        await button(page, "Save: Surface in the curve's plane").click();
        await page.getByRole("menuitem", { name: format }).click();
      });
    const svg = await save("Drawing for print (SVG)");
    expect(svg.name).toBe("basin-plane-curve.svg");
    const drawing = svg.bytes.toString().replace(/<\/text>\s*<text[^>]*>/g, " ");
    expect(drawing).toContain("The line is the curve, which lies in the plane.");
    expect(drawing.match(/<polyline/g)).toHaveLength(2);
    const png = await save("Picture with caption (PNG)");
    expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
    const values = await save("Values (CSV)");
    expect(values.bytes.toString().trim().split("\n")).toHaveLength(1 + 225);
  });

  await test.step("an arrangement is undone, and is in the link", async () => {
    await page.getByText("Lines", { exact: true }).click();
    await expect(page).toHaveURL(/compareAs=line/);
    await button(page, "Undo").click();
    await expect(page).toHaveURL(/compareAs=map/);
    await expect(page.getByRole("radio", { name: "Maps" })).toBeChecked();
  });

  for (const scheme of ["Light", "Dark"] as const) {
    await test.step(`axe finds nothing, ${scheme}`, async () => {
      if ((await page.locator("html").getAttribute("data-mantine-color-scheme")) !== scheme.toLowerCase())
        await button(page, `${scheme} colours`).click();
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme.toLowerCase());
      await atRest(page);
      const { violations } = await new AxeBuilder({ page }).exclude("[role=tooltip]").analyze();
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
    });
  }

  await test.step("a reload keeps all of it", async () => {
    await page.reload();
    await openPage(page, "Compare");
    await expect(status(page, "Surfaces")).toHaveText("complete");
    const matrix = page.getByRole("region", { name: "Distance ‖θ − θ′‖" }).getByRole("cell");
    await expect(matrix.filter({ hasText: /^\d/ })).toHaveCount(2);
    await expect(page.getByRole("figure", { name: "Between two runs" })).toContainText("21 points, on");
    await expect(page.getByRole("figure", { name: "Connecting curve" })).toContainText("for 20 epochs");
    await expect(page.getByRole("figure", { name: "Surface in the curve's plane" })).toContainText("225 of 225");
  });

  await test.step("a link to a run that is not here says so and goes on", async () => {
    await page.getByRole("checkbox", { name: /Xavier, seed 2/ }).click();
    await expect(page).toHaveURL(/compareRuns=[\w-]+(&|$)/);
    const [, kept] = /compareRuns=([\w-]+)/.exec(page.url()) ?? [];
    await page.goto("about:blank");
    await page.goto(`${link({ initSeed: 1 })}&compareRuns=elsewhere-7,${kept}`);
    await openPage(page, "Compare");
    await expect(page.getByRole("alert")).toContainText("elsewhere-7");
    await expect(pane(page, 1)).toBeVisible();
    await button(page, "Go on without").click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page).not.toHaveURL(/elsewhere/);
  });
});
