import { expect, type Page, test } from "@playwright/test";
import { button, link, section, status, train } from "./basin-page.ts";

/** Where the visible labels of the axes stand: they move when the camera does. */
const labelPlaces = (page: Page) =>
  page.locator(".scene-label").evaluateAll((labels) =>
    labels
      .filter((label) => label.checkVisibility({ visibilityProperty: true }))
      .map((label) => (label as HTMLElement).style.transform)
      .join("|"),
  );

test("keys list themselves, open the commands and undo settings, even while the commands fade out", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto(link());
  await expect(page.getByText("No surface yet")).toBeVisible();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys.getByRole("row", { name: "0 reset the view" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();

  await page.keyboard.press("Control+k");
  await page.getByLabel("Command", { exact: true }).fill("mlp tanh");
  await page.keyboard.press("Enter");
  const preset = section(page, "Experiment").getByLabel("Preset");
  await expect(preset).toHaveValue("MLP tanh");
  await expect(page).toHaveURL(/epochs=30/);
  await page.keyboard.press("Control+z");
  await expect(preset).toHaveValue("Own settings");
  await expect(page).toHaveURL(/epochs=4/);
  await page.keyboard.press("Control+Shift+z");
  await expect(preset).toHaveValue("MLP tanh");
});

test("a preset is chosen, trained and cancelled by keys alone", async ({ page }) => {
  await page.goto(link({ epochs: 4000 }));
  await expect(page.getByText("No surface yet")).toBeVisible();
  const command = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.getByLabel("Command", { exact: true }).fill(text);
    await page.keyboard.press("Enter");
  };
  await command("Train");
  await expect(status(page, "Training")).toHaveText("training");
  await command("Pause");
  await expect(status(page, "Training")).toHaveText("paused");
  await command("Stop");
  await expect(status(page, "Training")).toHaveText("stopped");
});

test("arrows turn the surface, plus comes closer, and 0 brings the first view back", async ({ page }) => {
  await train(page);
  await expect(status(page, "Surface")).toHaveText("complete");
  const scene = page.getByRole("application", { name: /Surface in three dimensions/ });
  await scene.focus();
  await expect.poll(() => labelPlaces(page)).toContain("translate");
  const home = await labelPlaces(page);
  let before = home;
  for (const key of ["ArrowLeft", "ArrowUp", "+", "Shift+ArrowRight", "7"]) {
    await page.keyboard.press(key);
    await expect.poll(() => labelPlaces(page), key).not.toBe(before);
    before = await labelPlaces(page);
  }
  await page.keyboard.press("0");
  await expect.poll(() => labelPlaces(page)).toBe(home);
});

test("Tab reaches the figure and every button of the header, and shows where it is", async ({ page }) => {
  await page.goto(link());
  await expect(page.getByText("No surface yet")).toBeVisible();
  const names: string[] = [];
  for (let press = 0; press < 10; press++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    names.push((await focused.getAttribute("aria-label")) ?? (await focused.textContent()) ?? "");
    await expect(focused).not.toHaveCSS("outline-style", "none");
  }
  expect(names[0]).toBe("Skip to the figure");
  expect(names).toEqual(
    expect.arrayContaining(["Landscape", "Compare", "Spectrum", "Runs", "Device", "Commands", "Keys"]),
  );
  await button(page, "Skip to the figure").press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
