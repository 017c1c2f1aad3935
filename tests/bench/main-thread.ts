/**
 * The longest tasks of the built page's main thread, while it loads, trains and draws a surface as it streams in: by the
 * clock, and in processor time, which a software GPU and other work on the machine do not lengthen.
 */
import type { CDPSession, Page } from "playwright";
import { openBuiltPage } from "./browser-page.ts";
import { figure, printTable } from "./report.ts";

/** A small net on the built-in set, and more work than the benchmark waits for. */
const settings = "model=vgg11&width=0.125&data=synthetic&train=200&test=50&batchSize=20&epochs=1000&grid=51x51";
const trainingSeconds = 25;
const streamingSeconds = 25;
const longMs = 50;

/** A complete event of a trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

interface Task {
  readonly wallMs: number;
  readonly processorMs: number;
  /** What takes most of it. */
  readonly parts: readonly string[];
}

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

/** Tasks of the page's main thread while `work` goes on. */
async function traceTasks(session: CDPSession, work: () => Promise<unknown>): Promise<readonly Task[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
  session.on("Tracing.dataCollected", collect);
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] },
  });
  await work();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  session.off("Tracing.dataCollected", collect);
  return mainThreadTasks(events);
}

function mainThreadTasks(events: readonly TraceEvent[]): readonly Task[] {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf),
  );
  const spans = events.filter((event) => event.ph === "X" && mains.has(threadOf(event)));
  const endOf = ({ ts, dur = 0 }: TraceEvent) => ts + dur;
  const runs = spans.filter(({ name }) => name === "RunTask" || name === "ThreadControllerImpl::RunTask");
  // Several levels of the scheduler name themselves so: the outermost, which starts first, is the task.
  const outermost: TraceEvent[] = [];
  for (const run of runs.toSorted((a, b) => a.ts - b.ts || endOf(b) - endOf(a))) {
    const last = outermost.at(-1);
    if (!last || run.ts >= endOf(last)) outermost.push(run);
  }
  return outermost
    .filter(({ dur = 0 }) => dur >= 1000)
    .map((run) => ({
      wallMs: (run.dur ?? 0) / 1000,
      processorMs: (run.tdur ?? 0) / 1000,
      parts: spans
        .filter((span) => span.ts >= run.ts && endOf(span) <= endOf(run) && (span.dur ?? 0) > 5000)
        .filter((span) => !runs.includes(span))
        .toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
        .slice(0, 4)
        .map(({ name, tdur = 0 }) => `${name} ${figure(tdur / 1000)}`),
    }));
}
