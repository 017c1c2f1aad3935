import { expect, test } from "@playwright/test";
import { chromiumArguments } from "../../scripts/chromium.mjs";
import { button, link, section, status } from "./basin-page.ts";

/** As a browser that was not told to use WebGPU on a machine without a graphics processor. */
const args = chromiumArguments.filter((argument) => !argument.includes("webgpu"));
test.use({ launchOptions: ({ launchOptions }, use) => use({ ...launchOptions, args: [...args, "--disable-gpu"] }) });

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

  await button(page, "Landscape").click();
  await button(page, "Train").click();
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(page.locator(".caption")).toContainText("9 × 9 points, on WebAssembly");
});
