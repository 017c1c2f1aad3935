/** A family of networks on the page, from its own fields to the sweep over them. */
import { expect, test } from "@playwright/test";
import { button, link, openPage, section, status } from "./basin-page.ts";

test("a family is chosen with its own fields, trains, is drawn and told of in words, and its sweep knows them", async ({
  page,
}) => {
  const choose = async (field: string, option: string) => {
    await page.getByRole("combobox", { name: field, exact: true }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  await page.goto(link({ train: 40, test: 20, epochs: 1, grid: "3x3" }));
  await button(page, "Model and initial weights").click();
  await choose("Model", "ResNet for CIFAR");
  await choose("Depth", "8");
  await choose("Shortcuts", "None");
  await expect(page.getByRole("textbox", { name: "Hidden layers" })).toHaveCount(0);
  await expect(page).toHaveURL(/model=resnet-cifar&depth=8&width=0\.5&shortcut=none&train=40/);

  await button(page, "Train").click();
  await expect(status(page, "Surface")).toHaveText("complete");
  await expect(page.locator(".caption")).toContainText(
    /^Loss around ResNet-8 without shortcuts, width ×0\.5, after 1 epoch\..*BatchNorm statistics frozen/,
  );

  await openPage(page, "Compare");
  await button(page, "Choose what differs").click();
  await choose("What differs, 1", "Shortcuts");
  await page.getByRole("checkbox", { name: "Zero-padded" }).check();
  await expect(section(page, "Train several")).toContainText("Train 3 runs");
});
