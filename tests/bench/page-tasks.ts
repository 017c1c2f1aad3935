/** Tasks of a page's main thread, traced: by the clock, and in processor time, which other work on the machine does not lengthen. */
import type { CDPSession } from "playwright";
import { figure } from "./report.ts";

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

export interface Task {
  readonly wallMs: number;
  readonly processorMs: number;
  /** What takes most of it. */
  readonly parts: readonly string[];
}

/** Tasks of the page's main thread while `work` goes on. */
export async function traceTasks(session: CDPSession, work: () => Promise<unknown>): Promise<readonly Task[]> {
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
