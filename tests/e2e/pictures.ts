/**
 * Takes the pictures of docs/pictures anew: npx tsx tests/e2e/pictures.ts ADDRESS, with the built page served there
 * (npm run preview). On software WebGPU it takes some minutes.
 */
import { chromium } from "playwright";
import { chromiumArguments, findChromium } from "../../scripts/chromium.mjs";

const address = process.argv[2] ?? "http://localhost:4173/";
const experiment = "#model=vgg11&width=0.125&train=100&test=50&batchSize=25&epochs=12&learningRate=0.05&grid=21x21";
const folder = new URL("../../docs/pictures/", import.meta.url).pathname;
const minutesAtMost = 25;

const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: [...chromiumArguments, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
page.setDefaultTimeout(minutesAtMost * 60_000);
const take = async (name: string) => {
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${folder}${name}.png` });
  process.stderr.write(`${name}\n`);
};

await page.goto(new URL(experiment, address).href);
await page.getByRole("button", { name: "Train", exact: true }).first().click();
await page
  .getByTestId("figures")
  .locator("dd", { hasText: /^(2[4-9]|3\d)\/48$/ })
  .waitFor();
await take("training-light");

await page.getByRole("region", { name: "Surface", exact: true }).getByText("complete", { exact: true }).waitFor();
await page.getByRole("application", { name: /Surface/ }).hover({ position: { x: 500, y: 480 } });
await take("landscape-light");
await page.emulateMedia({ colorScheme: "dark" });
await take("landscape-dark");
await page.setViewportSize({ width: 390, height: 844 });
await take("landscape-narrow");

await page.emulateMedia({ colorScheme: "light" });
await page.setViewportSize({ width: 1440, height: 900 });
await page.getByRole("link", { name: "Spectrum", exact: true }).click();
const panel = page.getByRole("complementary");
for (const name of ["Find eigenpairs", "Measure the density"]) {
  await panel.getByRole("button", { name, exact: true }).click();
  await panel.getByRole("button", { name: /^Cancel/ }).waitFor();
  await panel.getByRole("button", { name: /^Cancel/ }).waitFor({ state: "hidden" });
}
await take("spectrum-light");

await page.getByRole("link", { name: "Landscape", exact: true }).click();
const recorded =
  "#model=mlp&hidden=64&activation=tanh&init=xavier-normal&learningRate=0.05&batchSize=20&epochs=12&train=200&test=100&grid=31x31&record=4:64";
await page.goto(new URL(recorded, address).href);
await page.reload();
await page
  .getByRole("button", { name: /^Train( again)?$/ })
  .first()
  .click();
const surface = page.getByRole("region", { name: "Surface", exact: true });
await surface.getByText("complete", { exact: true }).waitFor();
await page.getByRole("button", { name: "Path plane", exact: true }).click();
await page.getByText(/Variance: PC 1/).waitFor();
await page.getByRole("slider", { name: "Training step" }).focus();
for (let point = 0; point < 18; point++) await page.keyboard.press("ArrowLeft");
await take("trajectory-light");

const small =
  "#model=mlp&hidden=32&activation=tanh&init=xavier-normal&learningRate=0.05&batchSize=20&epochs=20&train=200&grid=31x31";
for (const seed of [1, 2, 3]) {
  await page.goto(new URL(`${small}&initSeed=${seed}`, address).href);
  await page.reload();
  await page
    .getByRole("button", { name: /^Train( again)?$/ })
    .first()
    .click();
  await page
    .getByText(/after 20 epochs/)
    .first()
    .waitFor();
  await page.waitForTimeout(3000);
}
await page.getByRole("link", { name: "Compare", exact: true }).click();
await panel.getByRole("button", { name: /^Measure \d surfaces/ }).click();
await panel.getByRole("button", { name: /^Cancel/ }).waitFor();
await panel.getByRole("button", { name: /^Cancel/ }).waitFor({ state: "hidden" });
await take("compare-light");
await browser.close();
