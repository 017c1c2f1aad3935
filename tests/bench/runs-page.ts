/**
 * Opening the built page's Runs page with 200 kept runs: from the click to the first screen of rows and to the last row, by
 * the clock; processor time of the main thread meanwhile. Every opening is of a page newly loaded. `npm run bench --
 * runs-page [openings]`.
 */
import type { Page } from "playwright";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { encodeRecord } from "../../src/experiment/storage/run-record.ts";
import { openBuiltPage } from "./browser-page.ts";
import { traceTasks } from "./page-tasks.ts";
import { figure, median, printTable } from "./report.ts";

const runCount = 200;
const epochCount = 30;
const day = Date.UTC(2026, 0, 1);

interface Opening {
  readonly firstRowsMs: number;
  readonly allRowsMs: number;
  readonly processorMs: number;
  readonly longestMs: number;
}

export async function runsPage([given = "7"]: readonly string[]): Promise<void> {
  await using built = await openBuiltPage();
  const { page, url } = built;
  // tsx names functions by a helper of its own, also those that are evaluated in the page.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.goto(url);
  await page.getByRole("complementary", { name: "Controls" }).waitFor();
  await page.evaluate(keepRuns, sampleRuns());
  for (const [name, settleMs] of [
    ["after the page has come to rest", 2500],
    ["as soon as there is a page", 0],
  ] as const) {
    const openings: Opening[] = [];
    for (let count = Number(given); count > 0; count--) openings.push(await measureOpening(page, url, settleMs));
    print(`Runs page, ${runCount} runs kept, opened ${name}`, openings);
  }
}

function print(title: string, openings: readonly Opening[]): void {
  const middle = (key: keyof Opening) => median(openings.map((opening) => opening[key]));
  const row = (name: string, figureOf: (key: keyof Opening) => number) => [
    name,
    ...(["firstRowsMs", "allRowsMs", "processorMs", "longestMs"] as const).map((key) => `${figure(figureOf(key))} ms`),
  ];
  const rows = openings.map((opening, index) => row(String(index + 1), (key) => opening[key]));
  const titles = ["opening", "first rows", `all ${runCount} rows`, "processor", "longest task"];
  printTable(title, titles, [...rows, row("median", middle)]);
}

async function measureOpening(page: Page, url: string, settleMs: number): Promise<Opening> {
  await page.goto("about:blank");
  await page.goto(url);
  await page.getByRole("complementary", { name: "Controls" }).waitFor();
  await page.waitForTimeout(settleMs);
  const session = await page.context().newCDPSession(page);
  let shown = { firstRowsMs: 0, allRowsMs: 0 };
  const tasks = await traceTasks(session, async () => {
    shown = await page.evaluate(openRuns, runCount);
  });
  await session.detach();
  return {
    ...shown,
    processorMs: tasks.reduce((sum, task) => sum + task.processorMs, 0),
    longestMs: Math.max(...tasks.map(({ processorMs }) => processorMs)),
  };
}

/** In the page: presses the tab, and waits for frames in which rows stand. */
async function openRuns(count: number): Promise<{ firstRowsMs: number; allRowsMs: number }> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const rows = () => document.querySelectorAll(".runs-table tbody tr").length;
  const tabs = [...document.querySelectorAll<HTMLAnchorElement>(".page-tabs a")];
  const startMs = performance.now();
  tabs.find(({ textContent }) => textContent === "Runs")?.click();
  while (rows() === 0) await frame();
  const firstRowsMs = performance.now() - startMs;
  while (rows() < count) await frame();
  return { firstRowsMs, allRowsMs: performance.now() - startMs };
}

function sampleRuns() {
  return Array.from({ length: runCount }, (_, index) => {
    const spec = parseSpec({
      model: index % 2 ? { name: "vgg", depth: 11, width: 0.125 } : { name: "mlp", hidden: [64, 32] },
      data: { source: "synthetic", train: { count: 500 }, test: { count: 200 } },
      init: { scheme: "gaussian", std: 0.01 * (1 + (index % 5)), seed: index },
      training: { epochs: epochCount, batchSize: 50 },
    });
    const epochs = Array.from({ length: epochCount }, (__, epoch) => ({
      epoch: epoch + 1,
      step: 10 * (epoch + 1),
      learningRate: 0.1 * (1 - epoch / epochCount),
      trainLoss: 2.3 / (1 + epoch) + index / 1e4,
      trainAccuracy: 1 - 0.9 / (1 + epoch),
      testLoss: 2.4 / (1 + epoch) + index / 1e4,
      testAccuracy: 1 - 0.95 / (1 + epoch),
      elapsedMs: 1234.5 * (epoch + 1),
    }));
    const created = new Date(day + 60_000 * index).toISOString();
    const tags = index % 3 ? ["seeds", "wide"].slice(0, index % 3) : [];
    const labels = { name: index % 4 ? `run ${index}` : created, tags, note: index % 5 ? "" : "The better one." };
    return encodeRecord({ id: `run-${index}`, created, spec, status: "complete", epochs, ...labels });
  });
}

/** In the page: records and pointers to files, which a list of runs does not open. */
async function keepRuns(records: readonly Record<string, unknown>[]): Promise<void> {
  const settled = (request: IDBRequest | IDBTransaction, event: string) =>
    new Promise((resolve, reject) => {
      request.addEventListener(event, resolve);
      request.addEventListener("error", reject);
    });
  const opening = indexedDB.open("basin-runs");
  await settled(opening, "success");
  const writing = opening.result.transaction(["runs", "slots"], "readwrite");
  records.forEach((record, index) => {
    const savedAt = Date.UTC(2026, 1, 1) + 60_000 * index;
    writing.objectStore("runs").put({ record, savedAt }, String(record.id));
    const current = { file: `${record.id}`, byteLength: 1e6, checksum: 0, savedAt };
    for (const slot of ["surface", "spectrum", "density"])
      writing.objectStore("slots").put({ current, previous: null }, [String(record.id), slot]);
  });
  await settled(writing, "complete");
  opening.result.close();
}
