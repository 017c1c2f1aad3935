import AxeBuilder from "@axe-core/playwright";
import { type Download, expect, type Page, test } from "@playwright/test";
import { atRest, setSwitch } from "./basin-page.ts";

/** 40 images and 3 × 4 hidden units: a solve takes moments even where the processor stands in for a GPU. */
const tiny =
  "#model=mlp&hidden=12&activation=tanh&init=xavier-normal&train=40&test=20&epochs=1&batchSize=20" +
  "&top=3&bottom=1&densityProbes=3&densitySteps=12&traceProducts=6&layerProbes=3&subsetTop=2&subsetDraws=2&resampled=2&subsetSizes=10,20&grid=5x5";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const figure = (page: Page, name: string | RegExp) => page.getByRole("figure", { name });

async function openSpectrum(page: Page, link = tiny): Promise<void> {
  await page.goto(`/${link}`);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Spectrum" }).click();
  await expect(page.getByRole("heading", { name: "Curvature of the loss" })).toBeVisible();
}

async function findEigenpairs(page: Page): Promise<void> {
  await button(page, "Find eigenpairs").first().click();
  await expect(figure(page, "Eigenvalues")).toBeVisible({ timeout: 120_000 });
}

async function save(page: Page, name: string, format: RegExp): Promise<string> {
  await button(page, `Save: ${name}`).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: format }).click(),
  ]);
  return textOf(download);
}

async function textOf(download: Download): Promise<string> {
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const parseCsv = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(","));

test("eigenpairs converge on the page, are saved, and draw a surface", async ({ page }) => {
  await openSpectrum(page);
  await expect(page.getByText(/37.006 parameters in 4 tensors/)).toBeVisible();
  await findEigenpairs(page);
  await expect(figure(page, "Convergence")).toBeVisible();

  const eigenvalues = figure(page, "Eigenvalues");
  await expect(eigenvalues).toContainText(
    /Eigenvalues of the Hessian, MLP 12, tanh, at initialisation.*No BatchNorm.*40 images.*k = 3 from the top and 1 from the bottom.*0\.001/s,
  );
  const [header, ...rows] = parseCsv(await save(page, "Eigenvalues", /CSV/));
  expect(header).toEqual(["pair", "eigenvalue", "residual", "relative_residual", "state"]);
  expect(rows.map(([pair]) => Number(pair))).toEqual([1, 2, 3, -1]);
  const values = rows.map(([, value]) => Number(value));
  expect(values[0]).toBeGreaterThan(values[1]);
  expect(values[1]).toBeGreaterThan(values[2]);
  expect(values[2]).toBeGreaterThan(values[3]);
  for (const [, , residual, relative, state] of rows) {
    expect(Number(residual) / Math.abs(values[0])).toBeCloseTo(Number(relative), 9);
    expect(Number(relative)).toBeLessThan(1.1e-3);
    expect(state).toBe("converged");
  }
  await eigenvalues.getByRole("button", { name: /^Values/ }).click();
  await expect(eigenvalues.getByRole("row")).toHaveCount(5);

  const drawing = await save(page, "Eigenvalues", /SVG/);
  expect(drawing).toMatch(/^<svg [\s\S]*Eigenvalues of the Hessian[\s\S]*<\/svg>$/);
  expect(drawing).not.toContain("var(--");
  expect(await save(page, "Eigenvalues", /PNG/)).toMatch(/PNG/);

  const energies = parseCsv(await save(page, "An eigenvector, layer by layer", /CSV/)).slice(1);
  expect(energies).toHaveLength(12 + 12 + 10 + 10);
  expect(energies.reduce((sum, row) => sum + Number(row[3]), 0)).toBeCloseTo(1, 6);

  await button(page, "Surface along this pair").click();
  await expect(page.getByRole("status").filter({ hasText: "25 of 25 points measured" })).toBeAttached({
    timeout: 60_000,
  });
  // Drawn as they are: the loss bends at the centre by their eigenvalues, and the quadratic model says the same.
  await expect(page).toHaveURL(/x=eigen:1&y=eigen:2&normalize=none&biases=include/);
  const check = /curvature along α λ₁ = ([\d.]+) and along β λ₂ = ([\d.]+) at the centre/;
  await expect(page.locator(".caption")).toContainText(check);
  const [, first, second] = check.exec((await page.locator(".caption").textContent()) ?? "") ?? [];
  expect(Number(first)).toBeCloseTo(values[0], 2);
  expect(Number(second)).toBeCloseTo(values[1], 2);
  await setSwitch(page.getByLabel("Quadratic model"), true);
  await expect(page.getByText(`Curvature in the plane: ${first} and ${second}`)).toBeVisible({ timeout: 60_000 });
});

test("the density follows its sliders without a product; trace, layers and subsets are measured", async ({ page }) => {
  await openSpectrum(page);
  await button(page, "Measure the density").first().click();
  const density = figure(page, "Density");
  await expect(density).toContainText("3 Rademacher probes of 12 steps", { timeout: 120_000 });
  const line = density.locator("path.plot-line");
  const before = await line.getAttribute("d");
  await density.getByRole("slider").focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
  await expect(line).not.toHaveAttribute("d", before ?? "");
  await density.getByText("log |λ|").click();
  await expect(density).toContainText("Density of log₁₀|λ|");
  const rows = parseCsv(await save(page, "Density", /CSV/)).slice(1);
  const step = Number(rows[1][0]) - Number(rows[0][0]);
  expect(rows.reduce((sum, [, value]) => sum + Number(value) * step, 0)).toBeGreaterThan(0.5);

  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Command" }).fill("measure the trace");
  await page.keyboard.press("Enter");
  await expect(figure(page, "Trace")).toContainText("from 6 Rademacher probes", { timeout: 60_000 });
  await button(page, "Measure each layer").first().click();
  const layers = figure(page, "Layers");
  await expect(layers).toContainText("layers.2", { timeout: 120_000 });
  await button(page, "Compare subsets").first().click();
  const subsets = figure(page, "Subsets against the full set");
  await expect(subsets).toContainText("2 sets of 40 drawn with replacement", { timeout: 120_000 });
  const samples = parseCsv(await save(page, "Subsets against the full set", /CSV/)).slice(1);
  expect(samples).toHaveLength((1 + 2 * 2 + 2) * 2);
  for (const row of samples.filter(([kind]) => kind === "full")) expect(Number(row[6])).toBeCloseTo(1, 5);
});

test("a faulty choice is named, and undone", async ({ page }) => {
  await openSpectrum(page);
  await page.getByLabel("Parameters", { exact: true }).fill("features.*");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText('No parameter is named "features.*"');
  await expect(button(page, "Find eigenpairs").first()).toBeDisabled();
  await button(page, "Undo").click();
  await expect(button(page, "Find eigenpairs").first()).toBeEnabled();
});

test("a solve that its memory is too small for says what would do", async ({ page }) => {
  await openSpectrum(page, `${tiny.replace("top=3", "top=30")}&memory=1`);
  await button(page, "Find eigenpairs").first().click();
  await expect(page.getByRole("alert")).toContainText(
    /1 MB hold \d+ vectors; 31 eigenpairs .* take at least \d+, .* MB/,
  );
  await expect(button(page, "Find eigenpairs").first()).toBeEnabled();
});

test("a cancelled solve keeps its pairs and says that their residuals are estimates", async ({ page }) => {
  await openSpectrum(page, tiny.replace("top=3&bottom=1", "top=40&bottom=0&tolerance=0.000001"));
  await button(page, "Find eigenpairs").first().click();
  await expect(page.getByText(/[1-9]\d* of 40 converged/)).toBeVisible({ timeout: 120_000 });
  await button(page, "Cancel, keep what is found").first().click();
  const eigenvalues = figure(page, "Eigenvalues");
  await expect(eigenvalues).toContainText(/Bars: estimated residuals\. Cancelled: what had converged is kept/);
  const rows = parseCsv(await save(page, "Eigenvalues", /CSV/)).slice(1);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThan(40);
  for (const row of rows) expect(row[4]).toBe("converged (estimate)");
});

for (const scheme of ["light", "dark"] as const) {
  test(`in ${scheme} colours there is nothing that axe objects to, and no overflow in a narrow window`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await openSpectrum(page);
    await atRest(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await findEigenpairs(page);
    await figure(page, "Eigenvalues")
      .getByRole("button", { name: /^Values/ })
      .click();
    await atRest(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    await atRest(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
