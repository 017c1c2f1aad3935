import { expect, type Page, test } from "@playwright/test";
import { type SettingPlace, settingPlaces } from "../../src/app/shell/setting-places.ts";
import { decodeSettings } from "../../src/app/stores/settings/link.ts";
import { button, openPage, section } from "./basin-page.ts";

const quick = "/#model=vgg&width=0.125&train=200&test=100&epochs=1&batchSize=20&grid=9x9";

async function choose(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByLabel("Command", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

/** Names of the fields of a panel's sections, with every group open. */
async function fieldsOf(page: Page): Promise<readonly string[]> {
  const closed = page.getByRole("complementary").locator("button[aria-controls][aria-expanded=false]");
  while ((await closed.count()) > 0) await closed.first().click();
  return page.getByRole("complementary").evaluate((panel) =>
    [...panel.querySelectorAll("section")].flatMap((section) => {
      const title = section.querySelector("h2")?.textContent ?? "";
      const labels = [...section.querySelectorAll("label[for]:not([role=radiogroup] label)")].map(
        ({ textContent }) => textContent,
      );
      const named = [...section.querySelectorAll("input, [role=radiogroup], [role=slider]")].map(
        ({ ariaLabel }) => ariaLabel,
      );
      return [...labels, ...named].flatMap((name) => (name ? [`${title}: ${name.trim()}`] : []));
    }),
  );
}

test("the command palette leads to a field: its page and group are opened, and it has the focus", async ({ page }) => {
  await page.goto(quick);
  await expect(page.getByText("No surface yet")).toBeVisible();
  await choose(page, "learning rate");
  const rate = section(page, "Experiment").getByLabel("Learning rate");
  await expect(rate).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("3e-3");
  await expect(page).toHaveURL(/learningRate=0.003/);
  await choose(page, "memory of the basis");
  await expect(page.getByLabel("Memory of the basis, MB")).toBeFocused();
  await expect(page).toHaveURL(/page=spectrum/);
  await choose(page, "scale of the values");
  await expect(
    page.getByRole("radiogroup", { name: "Scale of the values" }).getByRole("radio", { name: "Auto" }),
  ).toBeFocused();
  // Left without a choice, the palette gives the focus back.
  await button(page, "Commands").click();
  await page.keyboard.press("Escape");
  await expect(button(page, "Commands")).toBeFocused();
});

test("the command palette knows the fields that there are, and no others", async ({ page }) => {
  await page.goto(quick);
  await expect(page.getByText("No surface yet")).toBeVisible();
  const places = settingPlaces(decodeSettings(new URL(page.url()).hash));
  const namesOn = (id: SettingPlace["page"]) =>
    places.filter((place) => place.page === id).map((place) => `${place.section}: ${place.label}`);
  const onLandscape = await fieldsOf(page);
  expect(namesOn("landscape").filter((name) => !onLandscape.includes(name))).toEqual([]);
  const ofSettings = onLandscape.filter(
    (name) => /^(Experiment|Surface): /.test(name) && !/Seed of direction/.test(name),
  );
  expect(ofSettings.filter((name) => !namesOn("landscape").includes(name))).toEqual([]);
  await openPage(page, "Spectrum");
  await expect(section(page, "Eigenpairs")).toBeVisible();
  const onSpectrum = await fieldsOf(page);
  expect(namesOn("spectrum").filter((name) => !onSpectrum.includes(name))).toEqual([]);
  const ofMatrix = onSpectrum.filter((name) =>
    /^(Matrix|Eigenpairs|Density|Trace and norm|Layers|Subsets): /.test(name),
  );
  expect(ofMatrix.filter((name) => !namesOn("spectrum").includes(name))).toEqual([]);
});
