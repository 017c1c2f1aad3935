/** The longest tasks of the built page's main thread, while it loads, trains and draws a surface as it streams in. */
import type { Page } from "playwright";
import { openBuiltPage } from "./browser-page.ts";
import { figure, printTable } from "./report.ts";

/** A small net on the built-in set, and more work than the benchmark waits for. */
const settings = "model=vgg11&width=0.125&data=synthetic&train=200&test=50&batchSize=20&epochs=1000&grid=51x51";
const trainingSeconds = 25;
const streamingSeconds = 25;

/** A task that the browser calls long, and the scripts that it names for the frame about then. */
interface LongTask {
  readonly startMs: number;
  readonly ms: number;
  readonly scripts: readonly string[];
}

/** Of the Long Animation Frames API, which TypeScript's library does not know yet. */
interface FrameTiming extends PerformanceEntry {
  readonly scripts: readonly {
    readonly duration: number;
    readonly invoker: string;
    readonly sourceFunctionName: string;
  }[];
}

export async function mainThread(): Promise<void> {
  await using built = await openBuiltPage();
  const { page, url } = built;
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.addInitScript(observeLongTasks);
  await page.goto(`${url}#${settings}`);
  const rows: string[][] = [];
  const details: string[] = [];
  const phase = async (name: string, work: () => Promise<unknown>) => {
    const startMs = await page.evaluate(() => performance.now());
    await work();
    const tasks = await longTasks(page, startMs);
    const longest = Math.max(0, ...tasks.map(({ ms }) => ms));
    for (const { startMs: at, ms, scripts } of tasks)
      details.push(`${name}: ${figure(ms)} ms at ${figure(at / 1000)} s; ${scripts.join(", ") || "no script"}`);
    rows.push([name, tasks.length === 0 ? "≤ 50 ms" : `${figure(longest)} ms`, String(tasks.length)]);
  };
  const controls = page.getByRole("complementary", { name: "Controls" });
  const train = controls.getByRole("button", { name: "Train", exact: true });
  await phase("loading", async () => {
    await train.waitFor();
    await page.waitForTimeout(3000);
  });
  await phase(`training, ${trainingSeconds} s`, async () => {
    await train.click();
    await page.waitForTimeout(1000 * trainingSeconds);
  });
  await phase(`streaming a surface, ${streamingSeconds} s`, async () => {
    await controls.getByRole("button", { name: /measure (the )?surface/i }).click();
    await page.waitForTimeout(1000 * streamingSeconds);
  });
  printTable("Main thread of the built page", ["phase", "longest task", "tasks over 50 ms"], rows);
  console.log(details.join("\n"));
  for (const name of ["Training progress", "Points measured"]) {
    console.log(`${name}: ${await page.getByRole("progressbar", { name }).getAttribute("aria-valuenow")} %`);
  }
  for (const error of errors) console.log(`error on the page: ${error}`);
}

/** Runs in the page: keeps all long tasks and long frames. */
function observeLongTasks(): void {
  const timings: Record<string, PerformanceEntry[]> = { longtask: [], "long-animation-frame": [] };
  Object.assign(globalThis, { timings });
  for (const [type, entries] of Object.entries(timings)) {
    new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
  }
}

/** No named function inside: the page lacks the helper by which tsx names them. */
const longTasks = (page: Page, sinceMs: number): Promise<LongTask[]> =>
  page.evaluate((since) => {
    const { timings } = globalThis as typeof globalThis & { timings: Record<string, PerformanceEntry[]> };
    const frames = timings["long-animation-frame"] as FrameTiming[];
    return timings.longtask
      .filter(({ startTime }) => startTime >= since)
      .map(({ startTime, duration }) => ({
        startMs: startTime - since,
        ms: duration,
        scripts: frames
          .filter((frame) => frame.startTime < startTime + duration && startTime < frame.startTime + frame.duration)
          .flatMap(({ scripts }) => scripts)
          .map((script) => `${Math.round(script.duration)} ms ${script.invoker} ${script.sourceFunctionName}`),
      }));
  }, sinceMs);
