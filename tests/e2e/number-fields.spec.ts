/** Numbers as they are typed: taken over as they stand, or marked with what would do while all that would use them waits. */
import { expect, type Page, test } from "@playwright/test";
import { button, link, openPage, section } from "./basin-page.ts";

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

/** Types over what is there, key by key, and goes on to the next control. */
async function type(page: Page, name: string, text: string): Promise<void> {
  await field(page, name).fill("");
  await field(page, name).pressSequentially(text);
  await field(page, name).press("Tab");
}

/** Puts a text in place of what is there in one go, and goes on to the next control. */
async function enter(page: Page, name: string, text: string): Promise<void> {
  await field(page, name).fill(text);
  await field(page, name).press("Tab");
}

async function expectRefused(page: Page, name: string, text: string, remedy: RegExp): Promise<void> {
  await expect(field(page, name)).toHaveValue(text);
  await expect(field(page, name)).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, name)).toHaveAccessibleDescription(remedy);
}

test("the learning rate is what is typed, or training waits for it", async ({ page }) => {
  await page.goto(link());
  await button(page, "Optimiser and schedule").click();
  for (const [text, shown] of [
    ["1e-3", "0.001"],
    ["5E-4", "0.0005"],
    ["2e−2", "0.02"],
  ]) {
    await type(page, "Learning rate", text);
    await expect(field(page, "Learning rate")).toHaveValue(shown);
    await expect(field(page, "Learning rate")).not.toHaveAttribute("aria-invalid", "true");
    await expect(page).toHaveURL(new RegExp(`learningRate=${shown}(&|$)`));
    await expect(button(page, "Train")).toBeEnabled();
  }
  for (const text of ["1e9", "-3", "", "0.5e", "1,5", "0"]) {
    await type(page, "Learning rate", "0.02");
    await type(page, "Learning rate", text);
    await expectRefused(page, "Learning rate", text, /Give a number above 0 to 100\.$/);
    await expect(button(page, "Train")).toBeDisabled();
    const reason = section(page, "Training").getByRole("alert");
    await expect(reason).toContainText(text === "" ? "Learning rate is empty." : `Learning rate is ${text}.`);
  }
  await expect(field(page, "Learning rate")).toHaveAccessibleDescription(/above 0/);
  await field(page, "Learning rate").press("Escape");
  await expect(field(page, "Learning rate")).not.toHaveAttribute("aria-invalid", "true");
  await expect(button(page, "Train")).toBeEnabled();
});

test("a mended field, undo and a closed group of fields leave nothing waiting", async ({ page }) => {
  await page.goto(link({ epochs: 7 }));
  await button(page, "Optimiser and schedule").click();
  await type(page, "Epochs", "99999999");
  await expectRefused(page, "Epochs", "99999999", /Give a whole number from 0 to 10000\./);
  await expect(page).toHaveURL(/epochs=7(&|$)/);
  await enter(page, "Epochs", "1e1");
  await expect(field(page, "Epochs")).toHaveValue("10");
  await expect(button(page, "Train")).toBeEnabled();
  await enter(page, "Epochs", "2.5");
  await button(page, "Undo").click();
  await expect(field(page, "Epochs")).toHaveValue("7");
  await expect(button(page, "Train")).toBeEnabled();
  await enter(page, "Epochs", "x");
  await expect(button(page, "Train")).toBeDisabled();
  await button(page, "Optimiser and schedule").click();
  await expect(button(page, "Train")).toBeEnabled();
  await button(page, "Optimiser and schedule").click();
  await expect(field(page, "Epochs")).toHaveValue("7");
});

test("a surface, its axes and its directions wait for their fields, and the estimate does not pretend", async ({
  page,
}) => {
  await page.goto(link());
  const surface = section(page, "Surface");
  const refused: [string, string, RegExp][] = [
    ["Grid, points per side", "-3", /whole number from 3 to 1001/],
    ["Grid, points per side", "100000", /whole number from 3 to 1001/],
    ["Grid, points per side", "", /whole number from 3 to 1001/],
    ["Smallest α", "5", /to below 1\./],
    ["Largest β", "−1", /above -1 to/],
    ["Seed of direction α", "1.5", /whole number from 0 to 4294967295/],
  ];
  for (const [name, text, remedy] of refused) {
    await type(page, name, text);
    await expectRefused(page, name, text, remedy);
    await expect(button(page, "Measure surface")).toBeDisabled();
    await expect(surface).not.toContainText(/81 points/);
    await field(page, name).press("Escape");
    await expect(button(page, "Measure surface")).toBeEnabled();
    await expect(surface).toContainText(/81 points/);
  }
  await type(page, "Smallest α", "-2.5e-1");
  await expect(page).toHaveURL(/range=-0\.25:1/);
});

test("lists, arrow keys and the other pages' fields keep to the same rules", async ({ page }) => {
  await page.goto(link());
  await button(page, "Model and initial weights").click();
  await type(page, "Hidden layers", "64, 0");
  await expectRefused(page, "Hidden layers", "64, 0", /each a whole number from 1 to 8192/);
  await expect(button(page, "Train")).toBeDisabled();
  await type(page, "Hidden layers", "64 32");
  await expect(field(page, "Hidden layers")).toHaveValue("64, 32");
  await expect(page).toHaveURL(/hidden=64,32/);

  await button(page, "Optimiser and schedule").click();
  await field(page, "Learning rate").focus();
  await page.keyboard.press("ArrowUp");
  await expect(field(page, "Learning rate")).toHaveValue("0.05");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/learningRate=0\.01(&|$)/);

  await openPage(page, "Spectrum");
  const density = section(page, "Density");
  await type(page, "Probes", "1e9");
  await expectRefused(page, "Probes", "1e9", /whole number from 1 to 1000/);
  await expect(density.getByRole("button", { name: "Measure the density" })).toBeDisabled();
  await expect(density).toContainText("Probes is 1e9.");
  await type(page, "Probes", "1e1");
  await expect(field(page, "Probes")).toHaveValue("10");
});

test("limits that leave nothing to see are refused", async ({ page }) => {
  await page.goto(link());
  await type(page, "Clip above", "3");
  await type(page, "Clip below", "4");
  await expectRefused(page, "Clip below", "4", /to below 3\./);
  await expect(page).toHaveURL(/clipHigh=3/);
  await expect(page).not.toHaveURL(/clipLow/);
});
