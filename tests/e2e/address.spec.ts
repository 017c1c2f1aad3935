/** The page in the address: links open it, tabs are links, Back and Forward go through pages. */
import { expect, test } from "@playwright/test";

test("Back and Forward go through the pages, the title follows, settings stay", async ({ page }) => {
  await page.goto("./#model=mlp&hidden=8&epochs=3");
  const tabs = page.getByRole("navigation", { name: "Pages" });
  const current = tabs.locator("[aria-current=page]");
  await expect(current).toHaveText("Landscape");
  await expect(page).toHaveTitle("Basin");
  await tabs.getByRole("link", { name: "Spectrum" }).click();
  await expect(current).toHaveText("Spectrum");
  await expect(page).toHaveURL(/#page=spectrum&.*epochs=3/);
  await expect(page).toHaveTitle("Spectrum · Basin");
  await tabs.getByRole("link", { name: "Device" }).click();
  await expect(page.getByRole("heading", { name: "Device" })).toBeVisible();
  await page.goBack();
  await expect(current).toHaveText("Spectrum");
  await page.goBack();
  await expect(current).toHaveText("Landscape");
  await expect(page).toHaveURL(/#model=mlp.*epochs=3/);
  await page.goForward();
  await expect(current).toHaveText("Spectrum");
  await page.reload();
  await expect(current).toHaveText("Spectrum");
  await expect(page).toHaveURL(/#page=spectrum&model=mlp/);
});

test("a link opens the page that it names, in a window of its own too", async ({ page, context }) => {
  await page.goto("./#page=compare&model=mlp");
  const tabs = page.getByRole("navigation", { name: "Pages" });
  await expect(tabs.locator("[aria-current=page]")).toHaveText("Compare");
  const href = await tabs.getByRole("link", { name: "Runs" }).getAttribute("href");
  const beside = await context.newPage();
  await beside.goto(new URL(href ?? "", page.url()).href);
  await expect(beside.locator(".page-tabs [aria-current=page]")).toHaveText("Runs");
  await expect(beside).toHaveURL(/#page=runs&model=mlp/);
});
