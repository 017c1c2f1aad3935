/** A visitor's short way through the built page in Firefox, on WebAssembly and without WebGL. Run `npm run build` first. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { drop, type FirefoxSession, openFirefox, press, status, textOf } from "./firefox-page.ts";

const link =
  "/#model=mlp&hidden=12&activation=tanh&init=xavier-normal&learningRate=0.02&batchSize=20&epochs=2&train=40&test=20" +
  "&grid=5x5&top=2&bottom=0";

let session: FirefoxSession;
beforeAll(async () => {
  session = await openFirefox();
});
afterAll(() => session?.close());

/** Nothing was thrown and no other host was asked, whatever was done; the window itself does not scroll. */
afterEach(async () => {
  expect(session.errors).toEqual([]);
  expect(session.foreign).toEqual([]);
  expect(await session.page.evaluate(windowOverflow)).toEqual([0, 0]);
});

const windowOverflow = (): [across: number, along: number] => {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
  return [scrollWidth - clientWidth, scrollHeight - clientHeight];
};

const waiting = { timeout: 60_000 };

test("a link opens with its experiment", async () => {
  const { page, address } = session;
  await page.goto(address + link);
  await expect.poll(() => textOf(page, ".figure-empty"), waiting).toContain("No surface yet");
  await expect.poll(() => textOf(page, "aside.panel"), waiting).toContain("MLP 12, tanh");
});

test("it trains on WebAssembly, and the map has the relief's place in full size", async () => {
  const { page } = session;
  await press(page, "Train");
  await expect.poll(() => status(page, "Training"), waiting).toBe("complete");
  await expect.poll(() => status(page, "Surface"), waiting).toBe("complete");
  expect(await textOf(page, ".caption")).toContain("5 × 5 points, on WebAssembly");
  const box = await page.$eval(".map-stage canvas", (canvas) => canvas.getBoundingClientRect().toJSON());
  expect(box.width).toBeGreaterThan(500);
  expect(box.height).toBeGreaterThan(500);
  // Drawn with the next frame, a moment after the last value has come.
  const colours = () =>
    page.$eval(".map-stage canvas", (element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
  await expect.poll(colours, waiting).toBeGreaterThan(50);
  expect(await page.$(".map-inset")).toBeNull();
});

test("the run and its surface are there after a reload", async () => {
  const { page } = session;
  await page.reload();
  await expect.poll(() => status(page, "Training"), waiting).toBe("complete");
  await expect.poll(() => status(page, "Surface"), waiting).toBe("complete");
});

test("eigenpairs converge", async () => {
  const { page } = session;
  await press(page, "Spectrum");
  await press(page, "Find eigenpairs");
  await expect.poll(() => textOf(page, "main"), waiting).toContain("2 of 2 pairs converged");
});

test("a run is exported, deleted and imported, and exports the same bytes", async () => {
  const { page, saved } = session;
  await press(page, "Runs");
  const first = await saved(() => press(page, "Export"));
  await press(page, "Delete");
  await expect.poll(() => page.$$eval(".runs-table tbody tr", (rows) => rows.length), waiting).toBe(0);
  await drop(page, first.name, first.bytes);
  await expect.poll(() => textOf(page, "body"), waiting).toContain("1 run imported.");
  const again = await saved(() => press(page, "Export"));
  expect(again.bytes.equals(first.bytes)).toBe(true);
});
