/**
 * Lanczos: the time of re-orthogonalisation at sixty vectors of VGG11's size, and products against power iteration on a
 * spectrum shaped like a trained net's; and the time of drawing a density again. Run: npm run bench -- lanczos
 */
import { createModel } from "../../src/architectures/networks.ts";
import type { Backend } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { density, densityGrid, nodeRange } from "../../src/curvature/estimators/density.ts";
import type { SymmetricOperator } from "../../src/curvature/operator.ts";
import { lanczos } from "../../src/curvature/solvers/lanczos.ts";
import { powerIteration } from "../../src/curvature/solvers/power-iteration.ts";
import { Basis } from "../../src/curvature/vectors/basis.ts";
import { drawVector } from "../../src/curvature/vectors/draw.ts";
import { Lane } from "../../src/curvature/vectors/lane.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { traceGradient } from "../../src/execution/programs/gradient.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import { normalSource } from "../../src/models/normal.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { diagonalOperator } from "../curvature/dense.ts";
import { figure, median, printTable } from "./report.ts";

/** Floats of VGG11 with BatchNorm. */
const vggLength = 9_231_116;
const vectors = 60;
const repetitions = 3;
const batchSize = 32;

async function timeOrthogonalization(): Promise<void> {
  const backend = await createTfjsBackend({ readKernels });
  const type = { dtype: "float", shape: [vggLength] } as const;
  const operator: SymmetricOperator = {
    backend,
    length: vggLength,
    support: [{ start: 0, length: vggLength }],
    dimension: vggLength,
    flop: 0,
    vectors: [backend.createTensor(type)],
    products: [backend.createTensor(type)],
    apply: async () => {},
    dispose: () => {},
  };
  const lane = new Lane(operator, 0);
  const basis = new Basis(backend, vggLength, vectors);
  const draw = drawVector(operator, "rademacher", 1, 0);
  const scale = 1 / Math.sqrt(vggLength);
  const unit = draw.map((value) => value * scale);
  for (let i = 0; i < vectors; i++) await basis.write(unit);
  lane.write(draw);
  await basis.orthogonalize(lane);
  await backend.idle();
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    await basis.orthogonalize(lane);
    await basis.readOverlaps(lane);
    times.push(performance.now() - start);
  }
  const ms = median(times);
  // Every vector is read twice a pass.
  const gigabytes = (2 * 2 * vectors * vggLength * 4) / 1e9;
  printTable(
    `re-orthogonalisation, twice, against ${vectors} vectors of ${vggLength} floats; ${backend.description}`,
    ["", "ms", "GB/s"],
    [["one product", figure(ms), figure(gigabytes / (ms / 1000))]],
  );
  const gradientMs = await timeGradient(backend);
  const share = (images: number) => (100 * ms) / (2 * gradientMs * (images / batchSize));
  printTable(
    `beside a product at the least cost it can have, two gradients of full-width VGG11 with BatchNorm`,
    ["images", "product, ms", "re-orthogonalisation, %"],
    [batchSize, 128, 500].map((images) => [
      String(images),
      figure((2 * gradientMs * images) / batchSize),
      figure(share(images)),
    ]),
  );
  backend.dispose();
}

/** Milliseconds of a gradient over one batch. */
async function timeGradient(backend: Backend): Promise<number> {
  const model = createModel(
    { name: "vgg", depth: 11, width: 1, batchNorm: true, classes: 10 },
    { height: 32, width: 32, channels: 3 },
  );
  const pixelNormalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  const { theta, state } = drawInitialWeights(model, { scheme: "he-normal", std: 1, seed: 1 });
  const float = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
  const gradient = float(new Float32Array(model.layout.length));
  const inputs = {
    theta: float(theta),
    state: float(state),
    gradient,
    pixels: backend.createTensor({ dtype: "byte", shape: [batchSize, 3, 32, 32] }),
    labels: backend.createTensor({ dtype: "int", shape: [batchSize] }),
  };
  const program = traceGradient(model, crossEntropy, { count: batchSize, pixelNormalization }, batchSize);
  const executable = await backend.compile(program, { inputs, outputs: { gradient } });
  const feed = {
    indices: Int32Array.from({ length: batchSize }, (_, i) => i),
    draws: new Int32Array(3 * batchSize),
    scale: Float32Array.of(1 / batchSize),
  };
  await executable.run([feed]);
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    await executable.run([feed]);
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Ten outliers falling like 1/k above a bulk, with a little of it negative. */
const netSpectrum = Array.from({ length: 2000 }, (_, i) =>
  i < 10 ? 50 / (i + 1) : 2.5 * Math.exp(-(i - 10) / 60) - (i > 1990 ? 0.5 : 0),
);

async function countProducts(): Promise<void> {
  const backend = createReferenceBackend();
  const operator = await diagonalOperator(backend, netSpectrum);
  const common = { seed: 1, maxProducts: 2000 };
  const krylov = await lanczos(operator, { ...common, top: 10, bottom: 0, tolerance: 1e-3, memoryBytes: 1e9 });
  const restarted = await lanczos(operator, {
    ...common,
    top: 10,
    bottom: 0,
    tolerance: 1e-3,
    memoryBytes: 45 * netSpectrum.length * 8,
  });
  const byResidual = await powerIteration(operator, { ...common, count: 10, stopBy: "residual", tolerance: 1e-3 });
  const byChange = await powerIteration(operator, { ...common, count: 10, stopBy: "change", tolerance: 1e-3 });
  const rows = Object.entries({
    Lanczos: krylov,
    "Lanczos in the memory of 45 vectors": restarted,
    "power iteration, to the same residual": byResidual,
    "power iteration, to a change of 1e-3": byChange,
  }).map(([name, { products, relativeResiduals, status }]) => [
    name,
    String(relativeResiduals.length),
    String(products),
    Math.max(...relativeResiduals).toExponential(1),
    status,
  ]);
  printTable(
    "ten eigenpairs of a spectrum shaped like a trained net's, residual 1e-3",
    ["", "pairs", "products", "largest residual", "status"],
    rows,
  );
  backend.dispose();
}

/** Drawing a density again from stored quadratures, as a slider does. */
function timeDensity(): void {
  const [probes, steps, points] = [10, 90, 10_000];
  const draw = normalSource(openRandomStream("direction", 1, 0));
  const runs = Array.from({ length: probes }, () => ({
    nodes: Float64Array.from({ length: steps }, (_, i) => (i < steps - 10 ? draw() : 5 * i)).sort(),
    weights: new Float64Array(steps).fill(1 / steps),
  }));
  const rows = (["linear", "logAbs"] as const).flatMap((axis) =>
    [1e-3, 1e-2, 1e-1].map((share) => {
      const range = nodeRange(runs, axis);
      const sigma = share * (range.max - range.min);
      const grid = densityGrid(range, sigma, points);
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now();
        density(runs, grid, sigma, axis);
        return performance.now() - start;
      });
      return [`${axis}, σ = ${share} of the range`, figure(median(times))];
    }),
  );
  printTable(`a density of ${probes} probes of ${steps} steps drawn at ${points} points`, ["", "ms"], rows);
}

timeDensity();
await countProducts();
await timeOrthogonalization();
