import { expect, type Page, test } from "@playwright/test";
import { button, link, savedFile, section, setSwitch, status } from "./basin-page.ts";

const measureAtStart = async (page: Page, changes: Readonly<Record<string, string | number>>): Promise<void> => {
  await page.goto(link(changes));
  await button(page, "Measure at initialisation").click();
  await expect(status(page, "Surface")).toHaveText("complete");
};

const exported = (page: Page, title: string) =>
  savedFile(page, async () => {
    await button(page, "Export").click();
    await page.getByRole("menuitem", { name: title }).click();
  });

/** Rows of a CSV as numbers by column. */
function tableOf(bytes: Buffer): Record<string, number>[] {
  const [header, ...lines] = bytes.toString().trimEnd().split("\n");
  const columns = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [columns[index], Number(cell)])));
}

test("the quadratic model lies on the measured loss near its centre, and is in words and files", async ({ page }) => {
  await measureAtStart(page, { grid: "5x5", range: "-0.1:0.1" });
  const drawing = section(page, "Drawing");
  const wanted = drawing.getByLabel("Quadratic model");
  await setSwitch(wanted, true);
  await expect(drawing.getByText(/^Curvature in the plane: .+ and .+\.$/)).toBeVisible();
  await expect(page.locator(".caption")).toContainText("the quadratic model f(0) + gᵀs + ½sᵀHs");
  await expect(page.locator(".legend")).toContainText("quadratic model");

  const rows = tableOf((await exported(page, "Values (CSV)")).bytes);
  expect(rows.length).toBe(25);
  const losses = rows.map(({ loss }) => loss);
  const spread = Math.max(...losses) - Math.min(...losses);
  // Third order is left, and the rounding of float32 losses.
  for (const { loss, quadratic } of rows) expect(Math.abs(quadratic - loss)).toBeLessThan(0.05 * spread);
  const centre = rows.find(({ alpha, beta }) => alpha === 0 && beta === 0);
  expect(centre?.quadratic).toBeCloseTo(centre?.loss ?? Number.NaN, 5);
  const drawn = (await exported(page, "Contour map (SVG)")).bytes.toString();
  expect(drawn).toContain("stroke-dasharray");

  await drawing.getByText("Accuracy", { exact: true }).click();
  await expect(wanted).toBeDisabled();
  await expect(drawing.getByText("It is a model of the loss")).toBeVisible();
  await expect(page.locator(".legend")).not.toContainText("quadratic model");
});

test("convexity colours the surface point by point, and a cancelled map keeps what it has", async ({ page }) => {
  await measureAtStart(page, { grid: "5x5", colourBy: "convexity", convexityPoints: 9 });
  const drawing = section(page, "Drawing");
  await expect(drawing.getByText(/^81 points × about 30 Hessian products/)).toBeVisible();
  await drawing.getByRole("button", { name: "Measure convexity" }).click();
  await expect(page.locator(".legend")).toContainText("Convexity |λmin/λmax|");
  await expect(drawing.getByText(/^[2-9]\d* of 81 points/)).toBeVisible();
  await drawing.getByRole("button", { name: "Cancel, keep what is measured" }).click();
  await expect(drawing.getByText(/^\d+ of 81 points measured\./)).toBeVisible();
  await expect(page.locator(".caption")).toContainText(
    /of the \d.+ parameters of rank ≥ 2.+at 9 × 9 points, \d+ measured/,
  );
  await expect(page.locator(".legend")).toContainText("not measured");

  const found = tableOf((await exported(page, "Convexity map (CSV)")).bytes).filter(({ ratio }) => ratio > 0);
  expect(found.length).toBeGreaterThan(1);
  for (const { largest, smallest, ratio } of found) expect(ratio).toBeCloseTo(Math.abs(smallest / largest), 12);

  await drawing.getByRole("radiogroup", { name: "Colour by" }).getByText("Loss").click();
  await expect(page.locator(".legend")).toContainText("cross-entropy, nats");
});
