/**
 * What replaying a plan costs besides the device's work: JavaScript per launch, in Node and in Chromium; pipelines
 * compiled after the first run; buffer memory beside the cost model's figure.
 */
import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { openBlankPage } from "../browser-page.ts";
import { installNodeGpu } from "../node-gpu.ts";
import { figure, megabytes, printTable } from "../report.ts";
import { bindStep, feedStep, traceStep } from "../step/basin.ts";
import { quarterWidth } from "../step/problem.ts";
import { measureReplay, type ReplayTimes } from "./measure-replay.ts";

const stepsOfMemory = 20;

export async function replay(): Promise<void> {
  installNodeGpu();
  const places: readonly (readonly [string, ReplayTimes])[] = [
    ["Node (Dawn)", await measureReplay()],
    ["Chromium", await measureInChromium()],
  ];
  printTable(
    "Replay of a VGG11-BN training step, µs of JavaScript per launch; medians",
    ["", "launches", "steps a submission", "encoding", "with finish and submit", "late pipelines"],
    places.flatMap(([place, { launches, rows, latePipelines }]) =>
      rows.map(({ steps, own, whole }) => [
        place,
        String(launches),
        String(steps),
        figure(own),
        figure(whole),
        String(latePipelines),
      ]),
    ),
  );
  await reportMemory();
}

async function measureInChromium(): Promise<ReplayTimes> {
  await using blank = await openBlankPage();
  return await blank.page.evaluate(async (path) => {
    const { measureReplay } = (await import(path)) as typeof import("./measure-replay.ts");
    return measureReplay();
  }, "/tests/bench/replay/measure-replay.ts");
}

async function reportMemory(): Promise<void> {
  const backend = await createWebgpuBackend();
  const problem = quarterWidth();
  const bindings = bindStep(problem, backend);
  const boundBytes = backend.memory.bytes;
  const executable = await backend.compile(traceStep(problem), bindings);
  const feed = feedStep(problem);
  for (let step = 0; step < stepsOfMemory; step++) await executable.run([feed]);
  const expectedBytes = boundBytes + executable.statistics.temporaryBytes;
  const { peakBytes } = backend.memory;
  console.log(
    `Width ¼, batch 16: peak buffer memory ${megabytes(peakBytes)} over ${stepsOfMemory} steps, by the cost model ` +
      `${megabytes(expectedBytes)}: ${(peakBytes / expectedBytes).toFixed(3)}×`,
  );
  backend.dispose();
}
