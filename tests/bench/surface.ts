/** How soon a surface shows: the shares of its passes, coarse to fine, and points per second on a small case. */
import { createWebgpuBackend } from "../../src/backends/webgpu/backend.ts";
import { range } from "../../src/data/permutation.ts";
import { drawSyntheticImages } from "../../src/data/sets/synthetic/pictures.ts";
import { evenMicroBatches } from "../../src/execution/micro-batches.ts";
import { WorkWindow } from "../../src/execution/work-window.ts";
import { axisValues, coarseToFine, refinementPasses } from "../../src/experiment/grid.ts";
import { DirectionDraws, type PlaneRequest, prepareDirections } from "../../src/landscape/directions.ts";
import { measureCells } from "../../src/landscape/measure-cells.ts";
import { PlaneEvaluator } from "../../src/landscape/plane-evaluator.ts";
import { installNodeGpu } from "./node-gpu.ts";
import { figure, printTable } from "./report.ts";
import { loss, pixelNormalization, quarterWidth } from "./step/problem.ts";

const count = 51;
const imageCount = 32;
/** Cells measured of the grid: its first passes. */
const measuredCells = 25;

export async function surface(): Promise<void> {
  const cells = coarseToFine(count, count);
  const passOf = refinementPasses(count);
  const inPass = Array.from({ length: Math.max(...passOf) + 1 }, () => 0);
  for (const cell of cells) inPass[Math.max(passOf[cell % count], passOf[Math.floor(cell / count)])]++;
  let done = 0;
  printTable(
    `Passes of a ${count} × ${count} surface`,
    ["pass", "points", "so far", "share"],
    inPass.map((points, pass) => {
      done += points;
      return [String(pass), String(points), String(done), `${((100 * done) / cells.length).toFixed(2)} %`];
    }),
  );

  installNodeGpu();
  const { model, weights } = quarterWidth();
  const backend = await createWebgpuBackend();
  const images = drawSyntheticImages("train", range(imageCount), 1);
  const microBatches = evenMicroBatches(imageCount, imageCount);
  const evaluator = await PlaneEvaluator.create({
    backend,
    model,
    loss,
    images,
    training: images,
    pixelNormalization,
    batchNorm: "frozen",
    microBatches,
    statisticsBatches: microBatches,
  });
  const request = { kind: "random", seed: 1 } as const;
  const plane: PlaneRequest = {
    x: request,
    y: { ...request, seed: 2 },
    orthogonalize: true,
    normalization: "filter",
    biases: "ignore",
  };
  evaluator.place(weights, prepareDirections(model, weights.theta, plane, new DirectionDraws()));
  const values = axisValues({ min: -1, max: 1, count });
  const measure = async (order: Uint32Array) => {
    const startedMs = performance.now();
    await measureCells({
      evaluator,
      alpha: values,
      beta: values,
      cells: order,
      window: new WorkWindow(),
      onTile: () => {},
    });
    return (performance.now() - startedMs) / 1000;
  };
  await measure(cells.slice(0, 1));
  const seconds = await measure(cells.slice(0, measuredCells));
  console.log(
    `VGG11-BN, width ¼, ${imageCount} images: ${figure(measuredCells / seconds)} points/s, ` +
      `${figure((measuredCells * evaluator.flop) / seconds / 1e9)} GFLOP/s`,
  );
  evaluator.dispose();
  backend.dispose();
}
