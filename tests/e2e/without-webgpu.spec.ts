import { expect, test } from "@playwright/test";
import { chromiumArguments } from "../../scripts/chromium.mjs";
import { button, link, openPage, section, status } from "./basin-page.ts";

/** As a browser that was not told to use WebGPU, and draws nothing by WebGL, on a machine without a graphics processor. */
const args = chromiumArguments.filter((argument) => !argument.includes("webgpu"));
test.use({
  launchOptions: ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...args, "--disable-gpu", "--disable-3d-apis"] }),
});

test("without WebGPU the page says why and how to get it, and trains and measures on the processor", async ({
  page,
}) => {
  await page.goto(link());
  const training = section(page, "Training");
  await expect(training).toContainText("No WebGPU here: the work runs on the processor.");
  await button(page, "Why, and how to get it").click();
  await expect(page.getByText("Basin computes with TensorFlow.js on the processor")).toBeVisible();
  const why = page.getByText("WebGPU is not used");
  await expect(why).toContainText(/has no WebGPU|offers no adapter/);
  await expect(why).toContainText("chrome://");

  await openPage(page, "Landscape");
  await button(page, "Train").click();
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(page.locator(".caption")).toContainText("9 × 9 points, on WebAssembly");
  const map = page.getByRole("figure", { name: "Contour map", exact: true });
  const { width = 0, height = 0 } = (await map.boundingBox()) ?? {};
  expect(Math.min(width, height)).toBeGreaterThan(500);
  await map.locator("canvas").hover({ position: { x: 2, y: 2 } });
  await expect(page.locator(".readout")).toContainText("1.000");
});
