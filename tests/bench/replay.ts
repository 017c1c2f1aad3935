/**
 * What replaying a plan costs besides the device's work: JavaScript per launch, pipelines compiled after the first run,
 * and buffer memory beside the cost model's figure.
 */
import { createWebgpuBackend } from "../../src/backends/webgpu/backend.ts";
import { installNodeGpu } from "./node-gpu.ts";
import { figure, median, megabytes, printTable } from "./report.ts";
import { bindStep, feed, traceStep } from "./step/basin.ts";

const submissions = 12;
const stepsPerSubmission = [1, 4];

export async function replay(): Promise<void> {
  installNodeGpu();
  const backend = await createWebgpuBackend();
  const bindings = bindStep(backend);
  const boundBytes = backend.memory.bytes;
  const executable = await backend.compile(traceStep(), bindings);
  const { launches, temporaryBytes } = executable.statistics;
  await executable.run([feed]);

  const warm = backend.pipelineCount;
  const queueMs = timeQueueCalls();
  const rows: string[][] = [];
  for (const steps of stepsPerSubmission) {
    const feeds = Array.from({ length: steps }, () => feed);
    const samples: { wholeMs: number; ownMs: number }[] = [];
    for (let i = 0; i < submissions; i++) {
      const before = queueMs();
      const startedMs = performance.now();
      const done = executable.run(feeds);
      const wholeMs = performance.now() - startedMs;
      samples.push({ wholeMs, ownMs: wholeMs - (queueMs() - before) });
      await done;
    }
    const perLaunch = (ms: number) => `${figure((1000 * ms) / (launches * steps))} µs`;
    rows.push([
      `${steps} step${steps > 1 ? "s" : ""} a submission`,
      perLaunch(median(samples.map(({ ownMs }) => ownMs))),
      perLaunch(median(samples.map(({ wholeMs }) => wholeMs))),
    ]);
  }
  printTable(
    `Replay of a training step, ${launches} launches; medians of ${submissions}`,
    ["per launch", "encoding", "with the device's finish and submit"],
    rows,
  );
  const expectedBytes = boundBytes + temporaryBytes;
  const { peakBytes } = backend.memory;
  console.log(`pipelines compiled after the first run: ${backend.pipelineCount - warm}`);
  console.log(
    `peak buffer memory ${megabytes(peakBytes)}, by the cost model ${megabytes(expectedBytes)}: ${figure(peakBytes / expectedBytes)}×`,
  );
  backend.dispose();
}

/** Time spent in the queue's and encoders' closing calls from now on, where the implementation validates and translates. */
function timeQueueCalls(): () => number {
  let total = 0;
  const { finish } = GPUCommandEncoder.prototype;
  const { submit } = GPUQueue.prototype;
  GPUCommandEncoder.prototype.finish = function (descriptor) {
    const startedMs = performance.now();
    const commands = finish.call(this, descriptor ?? {});
    total += performance.now() - startedMs;
    return commands;
  };
  GPUQueue.prototype.submit = function (commands) {
    const startedMs = performance.now();
    submit.call(this, commands);
    total += performance.now() - startedMs;
  };
  return () => total;
}
