/**
 * The longest tasks of the built page's main thread, while it loads, trains and draws a surface as it streams in: by the
 * clock, and in processor time, which a software GPU and other work on the machine do not lengthen.
 */
import type { Page } from "playwright";
import { openBuiltPage } from "./browser-page.ts";
import { traceTasks } from "./page-tasks.ts";
import { figure, printTable } from "./report.ts";

/** A small net on the built-in set, and more work than the benchmark waits for. */
const settings = "model=vgg11&width=0.125&data=synthetic&train=200&test=50&batchSize=20&epochs=1000&grid=51x51";
const trainingSeconds = 25;
const streamingSeconds = 25;
const longMs = 50;

export async function mainThread(): Promise<void> {
  await using built = await openBuiltPage();
  const { page, url } = built;
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const session = await page.context().newCDPSession(page);
  const rows: string[][] = [];
  const details: string[] = [];
  const phase = async (name: string, work: () => Promise<unknown>) => {
    const tasks = await traceTasks(session, work);
    const count = (key: "wallMs" | "processorMs") => String(tasks.filter((task) => task[key] > longMs).length);
    const longest = (key: "wallMs" | "processorMs") => `${figure(Math.max(0, ...tasks.map((task) => task[key])))} ms`;
    rows.push([name, longest("processorMs"), count("processorMs"), longest("wallMs"), count("wallMs")]);
    const worst = tasks.toSorted((a, b) => b.processorMs - a.processorMs).slice(0, 4);
    for (const { wallMs, processorMs, parts } of worst)
      details.push(`${name}: ${figure(processorMs)} ms of ${figure(wallMs)} ms; ${parts.join(", ")}`);
  };
  const controls = page.getByRole("complementary", { name: "Controls" });
  const train = controls.getByRole("button", { name: "Train", exact: true });
  await phase("loading", async () => {
    await page.goto(`${url}#${settings}`);
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
  const titles = ["phase", "longest, processor", `over ${longMs} ms`, "longest, clock", `over ${longMs} ms`];
  printTable("Tasks of the built page's main thread", titles, rows);
  console.log(`The longest by processor time, of their time by the clock:\n${details.join("\n")}`);
  await printProgress(page);
  for (const error of errors) console.log(`error on the page: ${error}`);
}

async function printProgress(page: Page): Promise<void> {
  for (const name of ["Training progress", "Points measured"])
    console.log(`${name}: ${await page.getByRole("progressbar", { name }).getAttribute("aria-valuenow")} %`);
}
