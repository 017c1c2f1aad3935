/** Times the replay of a small net's training step, whose launches are those of a large one; in Node or in a page. */
import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { median } from "../report.ts";
import { bindStep, feedStep, traceStep } from "../step/basin.ts";
import { createStepProblem } from "../step/problem.ts";

export interface ReplayTimes {
  readonly launches: number;
  /** Per launch, in µs; `own` is without the closing calls, where the implementation validates and translates. */
  readonly rows: readonly { readonly steps: number; readonly own: number; readonly whole: number }[];
  /** Pipelines compiled after the first run. */
  readonly latePipelines: number;
}

const submissions = 15;
const warmUps = 5;
const stepsPerSubmission = [1, 16];

export async function measureReplay(): Promise<ReplayTimes> {
  const backend = await createWebgpuBackend();
  const problem = createStepProblem(1 / 16, 2);
  const executable = await backend.compile(traceStep(problem), bindStep(problem, backend));
  const feed = feedStep(problem);
  await executable.run([feed]);
  const warm = backend.pipelineCount;
  const closingMs = timeClosingCalls();
  const { launches } = executable.statistics;
  const rows: ReplayTimes["rows"][number][] = [];
  for (const steps of stepsPerSubmission) {
    const feeds = Array.from({ length: steps }, () => feed);
    const own: number[] = [];
    const whole: number[] = [];
    for (let i = -warmUps; i < submissions; i++) {
      const before = closingMs();
      const startedMs = performance.now();
      const done = executable.run(feeds);
      const ms = performance.now() - startedMs;
      await done;
      if (i < 0) continue;
      const perLaunch = 1000 / (launches * steps);
      whole.push(ms * perLaunch);
      own.push((ms - (closingMs() - before)) * perLaunch);
    }
    rows.push({ steps, own: median(own), whole: median(whole) });
  }
  const latePipelines = backend.pipelineCount - warm;
  backend.dispose();
  return { launches, rows, latePipelines };
}

/** Time spent in `finish` and `submit` from now on. */
function timeClosingCalls(): () => number {
  let total = 0;
  const timed = <T>(call: () => T): T => {
    const startedMs = performance.now();
    const result = call();
    total += performance.now() - startedMs;
    return result;
  };
  const { finish } = GPUCommandEncoder.prototype;
  const { submit } = GPUQueue.prototype;
  GPUCommandEncoder.prototype.finish = function (descriptor) {
    return timed(() => finish.call(this, descriptor ?? {}));
  };
  GPUQueue.prototype.submit = function (commands) {
    return timed(() => submit.call(this, commands));
  };
  return () => total;
}
