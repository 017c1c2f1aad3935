/** The page on WebGPU, asked for by its address: training, surface and spectrum. Software renders here, so all is small. */
import { expect, test } from "@playwright/test";
import { button, linkOnWebgpu, openPage, status } from "./basin-page.ts";

test("a run trains on WebGPU, its surface is measured and its eigenpairs converge there", async ({ page }) => {
  await page.goto(linkOnWebgpu({ hidden: 8, epochs: 1, train: 40, test: 20, grid: "5x5", top: 1, bottom: 0 }));
  await button(page, "Train").click();
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(status(page, "Surface")).toHaveText("complete");
  // Named by its adapter.
  await expect(page.locator(".caption")).toContainText(/5 × 5 points, on (?!WebAssembly|the processor)\w/);
  await openPage(page, "Spectrum");
  await button(page, "Find eigenpairs").click();
  const eigenvalues = page.getByRole("figure", { name: "Eigenvalues" });
  await expect(page.getByRole("main")).toContainText("1 of 1 pairs converged");
  await expect(eigenvalues).not.toContainText("WebAssembly");
});
