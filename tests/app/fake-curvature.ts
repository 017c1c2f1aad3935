/** The fake runner's curvature: spectra that look like those of trained networks, of vectors in the true layout. */
import { createModel } from "../../src/architectures/networks.ts";
import type {
  CurvatureReport,
  LayerCurvature,
  QuadratureRun,
  Spectrum,
  SubsetSample,
} from "../../src/experiment/curvature.ts";
import { packSteps, type SolveStep } from "../../src/experiment/solve-history.ts";
import type { CurvatureParams, CurvatureStarted } from "../../src/jobs/curvature-jobs.ts";
import type { JobName, JobParams, JobResult, Jobs } from "../../src/jobs/jobs.ts";
import type { Model } from "../../src/models/model.ts";

interface Context<Name extends JobName> {
  readonly signal: AbortSignal;
  emit(event: Jobs[Name]["event"]): void;
  pause(ms: number): Promise<void>;
}
type Fake<Name extends JobName> = (params: JobParams<Name>, context: Context<Name>) => Promise<JobResult<Name>>;

const flopPerProduct = 9.6e9;
const modelOf = ({ spec }: Pick<CurvatureParams, "spec">): Model =>
  createModel(spec.model, { height: 32, width: 32, channels: 3 });
const examplesOf = ({ spec, request }: CurvatureParams) => spec.data[request.subset].count ?? 50_000;
/** Equally distributed in (0, 1), the same for the same number. */
const uniform = (index: number) => (((Math.sin(index * 12.9898 + 4.1) * 43758.5453) % 1) + 1) % 1;

function started(params: CurvatureParams): CurvatureStarted {
  const dimension = modelOf(params).layout.count;
  const cost = { parameters: dimension, flopPerStep: flopPerProduct, totalFlop: flopPerProduct, memoryBytes: 6e7 };
  return { kind: "started", backend: "WebGPU (example)", dimension, examples: examplesOf(params), cost };
}

function report(params: CurvatureParams, elapsedMs: number): CurvatureReport {
  const { spec, request } = params;
  const examples = examplesOf(params);
  return {
    spec,
    request,
    dimension: modelOf(params).layout.count,
    examples,
    microBatches: [examples],
    flopPerProduct,
    backend: "WebGPU (example)",
    elapsedMs,
  };
}

/** Ten outliers, one for each class, and a bulk. */
const eigenvalue = (index: number) => (index < 10 ? 142 / (index + 1) ** 0.9 : 16 / (index - 8));
const negative = (index: number) => -4.2 / (index + 1) ** 0.7;

function vector(model: Model, seed: number): Float32Array {
  const { entries, length } = model.layout;
  const result = new Float32Array(length);
  entries.forEach(({ offset, length: count, shape }, tensor) => {
    const channels = shape[shape.length - 1];
    const weight = Math.exp(-2.2 * uniform(31 * seed + tensor)) / Math.sqrt(count);
    for (let i = 0; i < count; i++)
      result[offset + i] = weight * (uniform(i + seed) - 0.5) * uniform((i % channels) + 17 * seed) ** 3;
  });
  const norm = Math.sqrt(result.reduce((sum, value) => sum + value * value, 0));
  return result.map((value) => value / norm);
}

const spectrum: Fake<"spectrum"> = async (params, { signal, emit, pause }) => {
  const { top, bottom, tolerance, maxProducts } = params;
  await pause(300);
  emit(started(params));
  const values = Float64Array.from({ length: top + bottom }, (_, i) => (i < top ? eigenvalue(i) : negative(i - top)));
  const rate = (i: number) => (i < top ? 0.32 / (1 + 0.09 * i) : 0.17 / (1 + 0.3 * (i - top)));
  const residual = (i: number, products: number) =>
    Math.min(0.9, 0.8 * Math.exp(-rate(i) * (products - i * 0.8)) * (0.75 + 0.5 * uniform(products * 3 + i)));
  let products = 0;
  let residuals = values.map(() => 1);
  const steps: SolveStep[] = [];
  while (products < maxProducts && !signal.aborted && residuals.some((value) => value > tolerance)) {
    products++;
    await pause(90);
    const found = Math.min(values.length, products);
    residuals = values.map((_, i) => (i < found ? residual(i, products) : 1));
    const shortfall = values.map((value, i) => value * (1 - Math.min(1, residuals[i]) ** 2 * 0.9));
    const step: SolveStep = {
      products,
      ritzValues: shortfall.slice(0, found),
      residuals: residuals.slice(0, found),
      converged: residuals.filter((value) => value <= tolerance).length,
      elapsedMs: products * 90,
    };
    steps.push(step);
    emit({ kind: "step", ...step });
  }
  const done = (i: number) => residuals[i] <= tolerance || !signal.aborted;
  const kept = Array.from(values.keys()).filter(done);
  const model = modelOf(params);
  const result: Spectrum = {
    eigenvalues: Float64Array.from(kept, (i) => values[i]),
    top: kept.filter((i) => i < top).length,
    residuals: Float64Array.from(kept, (i) => residuals[i] * values[0]),
    vectors: kept.map((i) => vector(model, i + 1)),
    tolerance,
    products,
    status: signal.aborted ? "cancelled" : residuals.every((value) => value <= tolerance) ? "converged" : "max-steps",
    history: packSteps(steps),
    report: report(params, products * 90),
  };
  return result;
};

function quadrature(probe: number, steps: number): QuadratureRun {
  const count = Math.min(steps, 60);
  const outliers = Math.min(10, count >> 1);
  const nodes = Float64Array.from({ length: count }, (_, i) =>
    i < outliers
      ? eigenvalue(i) * (1 - 0.004 * uniform(probe * 7 + i))
      : 14 * Math.sinh(3.2 * ((i - outliers) / (count - outliers) - 0.28)) * (0.2 + 0.04 * uniform(probe + i)),
  );
  const raw = nodes.map((node, i) =>
    i < outliers
      ? 2e-6 * (0.4 + uniform(probe * 13 + i))
      : Math.exp(-Math.abs(node) * 1.4) * (0.7 + 0.6 * uniform(probe * 5 + i)),
  );
  const total = raw.reduce((sum, value) => sum + value, 0);
  return { nodes, weights: raw.map((value) => value / total) };
}

const density: Fake<"density"> = async (params, { signal, emit, pause }) => {
  await pause(200);
  emit(started(params));
  const runs: QuadratureRun[] = [];
  for (let probe = 0; probe < params.probes && !signal.aborted; probe++) {
    await pause(400);
    const run = quadrature(probe, params.steps);
    runs.push(run);
    emit({ kind: "probe", probe: probe + 1, run });
  }
  const products = runs.length * params.steps;
  return {
    runs,
    products,
    status: signal.aborted ? "cancelled" : "complete",
    report: report(params, runs.length * 400),
  };
};

const trace: Fake<"trace"> = async (params, { signal, emit, pause }) => {
  await pause(200);
  emit(started(params));
  const values: number[] = [];
  for (let probe = 0; probe < params.probes && !signal.aborted; probe++) {
    await pause(60);
    values.push(812 + 240 * (uniform(probe) - 0.5));
    if (params.method === "hutchinson") emit({ kind: "probe", probe: probe + 1, value: values[probe] });
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const standardError = 70 / Math.sqrt(values.length);
  return {
    method: params.method,
    trace: { mean, standardError },
    ...(params.method === "hutchinson" && { frobeniusNorm: { mean: 231.4, standardError: 9.1 } }),
    probes: values.length,
    products: values.length,
    status: signal.aborted ? "cancelled" : "complete",
    report: report(params, values.length * 60),
  };
};

const layers: Fake<"layers"> = async (params, { signal, emit, pause }) => {
  await pause(200);
  emit(started(params));
  const names = [...new Set(modelOf(params).layout.entries.map(({ name }) => name.replace(/\.[^.]+$/, "")))];
  const done: LayerCurvature[] = [];
  for (const [index, name] of names.entries()) {
    await pause(350);
    if (signal.aborted) break;
    const parameters = modelOf(params).layout.entries.filter((entry) => entry.name.startsWith(`${name}.`));
    const largest = 96 * Math.exp(-3.4 * uniform(index * 3 + 1));
    const layer: LayerCurvature = {
      name,
      parameters: parameters.map((entry) => entry.name),
      dimension: parameters.reduce((sum, { length }) => sum + length, 0),
      eigenvalues: Float64Array.from({ length: params.top }, (_, i) => largest / (i + 1) ** 0.8),
      residuals: Float64Array.from({ length: params.top }, () => largest * 3e-4),
      status: "converged",
      trace: { mean: largest * 5.1, standardError: largest * 0.4 },
      frobeniusNorm: { mean: largest * 1.7, standardError: largest * 0.1 },
      products: 24 + params.probes,
    };
    done.push(layer);
    emit({ kind: "layer", index, layers: names.length, layer });
  }
  return {
    layers: done,
    tolerance: params.tolerance,
    status: signal.aborted ? "cancelled" : "complete",
    report: report(params, done.length * 350),
  };
};

const subsets: Fake<"subsets"> = async (params, { signal, emit, pause }) => {
  await pause(200);
  emit(started(params));
  const { batchSizes, draws, resampled, top } = params;
  const count = examplesOf(params);
  const numbered = (length: number) => Array.from({ length }, (_, draw) => draw);
  const plan = [
    { kind: "full" as const, size: count, draw: 0 },
    ...batchSizes.flatMap((size) => numbered(draws).map((draw) => ({ kind: "mini-batch" as const, size, draw }))),
    ...numbered(resampled?.draws ?? 0).map((draw) => ({ kind: "resampled" as const, size: resampled!.size, draw })),
  ];
  const samples: SubsetSample[] = [];
  for (const [index, { kind, size, draw }] of plan.entries()) {
    await pause(250);
    if (signal.aborted) break;
    const spread = kind === "full" ? 0 : 1.1 * Math.sqrt(1 / size);
    const sample: SubsetSample = {
      kind,
      size,
      draw,
      eigenvalues: Float64Array.from(
        { length: top },
        (_, i) => eigenvalue(i) * (1 + 4 * spread + 3 * spread * (uniform(index * 11 + i) - 0.4)),
      ),
      residuals: Float64Array.from({ length: top }, () => 0.05),
      status: "converged",
      overlap: kind === "full" ? 1 : Math.max(0.1, 1 - 4 * spread - 2 * spread * uniform(index)),
      products: 31,
    };
    samples.push(sample);
    emit({ kind: "sample", index, samples: plan.length, sample });
  }
  return {
    samples,
    top,
    tolerance: params.tolerance,
    status: signal.aborted ? "cancelled" : "complete",
    report: report(params, samples.length * 250),
  };
};

const product: Fake<"product"> = async (params) => ({
  product: params.vector.slice(),
  rayleighQuotient: 1,
  report: report(params, 20),
});

const quadraticModel: Fake<"quadraticModel"> = async () => ({
  loss: 0.06,
  gradient: [0.01, -0.02],
  hessian: [1.4, 0.1, 0.6],
});

const convexity: Fake<"convexity"> = async (params, { signal, emit, pause }) => {
  const { alpha, beta } = params;
  const coordinates = ({ min, max, count }: typeof alpha) =>
    Float64Array.from({ length: count }, (_, i) => min + ((max - min) * i) / Math.max(1, count - 1));
  const points = alpha.count * beta.count;
  const request = {
    operator: "hessian",
    subset: params.plane.subset,
    batchNorm: "frozen",
    parameters: ["*"],
    filterScaled: false,
    seed: params.seed,
  } as const;
  const at = { spec: params.spec, weights: params.weights, request, backend: params.backend };
  emit(started(at));
  const [largest, smallest] = [new Float64Array(points).fill(Number.NaN), new Float64Array(points).fill(Number.NaN)];
  for (let cell = 0; cell < points && !signal.aborted; cell++) {
    await pause(60);
    largest[cell] = 140;
    smallest[cell] = -4 - 20 * uniform(cell);
    emit({ kind: "point", cell, largest: largest[cell], smallest: smallest[cell], done: cell + 1, points });
  }
  return {
    alpha: coordinates(alpha),
    beta: coordinates(beta),
    largest,
    smallest,
    tolerance: params.tolerance,
    unconverged: 0,
    products: 30 * points,
    status: signal.aborted ? "cancelled" : "complete",
    report: report(at, points * 60),
  };
};

const describeModel: Fake<"describeModel"> = async (params) => modelOf(params).layout;

export const fakeCurvature = {
  describeModel,
  spectrum,
  density,
  trace,
  product,
  layers,
  subsets,
  quadraticModel,
  convexity,
};
