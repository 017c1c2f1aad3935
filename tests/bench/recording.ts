/** What recording the path costs a training: the same run with and without. `recording webgpu` for the other backend. */
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import { createNodePlatform } from "../../src/jobs/platform/node.ts";
import { createWorkbench } from "../../src/jobs/workbench.ts";
import { createInProcessRunner } from "../../src/protocol/in-process.ts";
import { installNodeGpu } from "./node-gpu.ts";
import { figure, median, megabytes, printTable } from "./report.ts";

const rounds = 5;
const spec = parseSpec({
  model: { name: "vgg", depth: 11, width: 0.25 },
  data: { source: "synthetic", train: { count: 320 }, test: { count: 20 } },
  training: { batchSize: 16, epochs: 2 },
});
const intervals = [null, 1, 4] as const;

export async function recording(options: readonly string[]): Promise<void> {
  const backend = options[0] === "webgpu" ? "webgpu" : "tfjs";
  if (backend === "webgpu") installNodeGpu();
  const workbench = createWorkbench(createNodePlatform());
  const runner = createInProcessRunner({ jobs: jobTable, workbench });
  const train = async (of: Spec) => {
    const handle = runner.start("train", { runId: "bench", spec: of, backend, sharesPrograms: true });
    let startedMs = performance.now();
    let [points, bytes] = [0, 0];
    for await (const event of handle.events) {
      if (event.kind === "started") startedMs = performance.now();
      if (event.kind !== "recorded") continue;
      points++;
      bytes += event.point.weights.theta.byteLength + event.point.weights.state.byteLength;
    }
    await handle.result;
    return { ms: performance.now() - startedMs, points, bytes };
  };
  const specOf = (everySteps: number | null): Spec =>
    everySteps === null ? spec : { ...spec, recording: { everySteps, budgetMegabytes: 512 } };
  await train(spec);
  const runs = intervals.map((): Awaited<ReturnType<typeof train>>[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [k, interval] of intervals.entries()) runs[k].push(await train(specOf(interval)));
  const times = runs.map((own) => median(own.map(({ ms }) => ms)));
  printTable(
    `Recording the path: VGG11-BN, width ¼, 40 steps of 16 images, ${backend}, medians of ${rounds}`,
    ["every", "points", "kept", "time", "ratio"],
    intervals.map((interval, k) => [
      interval === null ? "not" : `${interval} steps`,
      String(runs[k][0].points),
      megabytes(runs[k][0].bytes),
      `${figure(times[k])} ms`,
      figure(times[k] / times[0]),
    ]),
  );
}
