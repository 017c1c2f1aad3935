/** The fake runner's comparisons: distances and barriers such as those between nets from different initialisations. */
import type { PathMetrics, SplitMetrics } from "../../src/experiment/comparison.ts";
import type { PathPointEvent } from "../../src/jobs/comparison-jobs.ts";
import type { JobName, JobParams, JobResult, Jobs } from "../../src/jobs/jobs.ts";
import { exampleAccuracy } from "./landscape-model.ts";

interface Context<Name extends JobName> {
  readonly signal: AbortSignal;
  emit(event: Jobs[Name]["event"]): void;
  pause(ms: number): Promise<void>;
}
type Fake<Name extends JobName> = (params: JobParams<Name>, context: Context<Name>) => Promise<JobResult<Name>>;

const fakeDistances: Fake<"distances"> = async ({ models, data, subset, matched }, { emit, pause }) => {
  const n = models.length;
  const matrix = (diagonal: number, value: number) =>
    Float64Array.from({ length: n * n }, (_, k) =>
      k % (n + 1) === 0 ? diagonal : value * (1 + 0.02 * Math.sin((k % n) + Math.floor(k / n))),
    );
  for (const [done, { label }] of models.entries()) {
    emit({ kind: "progress", done, total: n, detail: `predictions of ${label}` });
    await pause(200);
  }
  return {
    labels: models.map(({ label }) => label),
    norms: Float64Array.from(models, (_, i) => 31.2 + 0.1 * i),
    fromInitialization: Float64Array.from(models, (_, i) => 12.4 + 0.1 * i),
    distance: matrix(0, 41.3),
    cosine: matrix(1, 0.011),
    matchedDistance: matched ? matrix(0, 36.8) : null,
    matchedCosine: matched ? matrix(1, 0.21) : null,
    disagreement: matrix(0, 0.18),
    divergence: matrix(0, 0.61),
    incomparable: [],
    report: { data, subset, examples: data[subset].count ?? 10_000, backend: "WebGPU (example)", elapsedMs: 900 },
  };
};

const fakeMatch: Fake<"match"> = async ({ to }, { emit, pause }) => {
  for (const layer of ["features.0", "features.4"]) {
    emit({ kind: "layer", sweep: 1, layer });
    await pause(200);
  }
  return {
    permutations: [{ layer: "features.0", permutation: Int32Array.of(1, 0) }],
    weights: to,
    distanceBefore: 41.3,
    distanceAfter: 36.8,
    sweeps: 1,
    elapsedMs: 400,
  };
};

/** Two valleys and a hill of `height` between them. */
function pathMetrics(points: number, height: number, examples: number): PathMetrics {
  const t = Float64Array.from({ length: points }, (_, k) => k / (points - 1));
  const split = (floor: number): SplitMetrics => {
    const loss = t.map((at) => floor + height * Math.sin(Math.PI * at) ** 2);
    return {
      loss,
      lossError: loss.map((value) => 0.03 * value),
      accuracy: loss.map(exampleAccuracy),
      barrier: { height, t: 0.5 },
      examples,
    };
  };
  return { t, train: split(0.08), test: split(0.42) };
}

async function emitPath(
  metrics: PathMetrics,
  path: "raw" | "matched" | "curve",
  { emit, pause }: { emit(event: PathPointEvent): void; pause(ms: number): Promise<void> },
) {
  const at = ({ loss, lossError, accuracy }: SplitMetrics, k: number) => ({
    loss: loss[k],
    lossError: lossError[k],
    accuracy: accuracy[k],
  });
  for (const [index, t] of metrics.t.entries()) {
    await pause(30);
    emit({ kind: "point", path, index, t, train: at(metrics.train, index), test: at(metrics.test, index) });
  }
}

const fakeLine: Fake<"line"> = async (params, context) => {
  const { spec, batchNorm, points } = params;
  const examples = spec.data.train.count ?? 50_000;
  const [raw, figures] = [pathMetrics(points, 2.1, examples), pathMetrics(points, 0.9, examples)];
  await emitPath(raw, "raw", context);
  const matching = params.match ? await fakeMatch(params, { ...context, emit: context.emit }) : null;
  if (matching) await emitPath(figures, "matched", context);
  return {
    raw,
    matched: matching && { figures, matching },
    report: { spec, batchNorm, backend: "WebGPU (example)", elapsedMs: 1200 },
  };
};

const fakePlane: Fake<"plane"> = async ({ models, projected = [], columns, rows, subset, batchNorm }) => {
  const places = [
    { alpha: 0, beta: 0 },
    { alpha: 20.2, beta: 35.7 },
    { alpha: 41.3, beta: 0 },
  ];
  const [first, second, third] = models.map(({ label }, k) => {
    const metrics = { loss: 0.08 + 0.01 * k, accuracy: 0.98 - 0.01 * k };
    return { label, ...places[k], inPlane: metrics, own: metrics };
  });
  const vector = models[0].weights.theta;
  return {
    request: {
      x: { kind: "vector", vector, label: `from ${first.label} to ${third.label}` },
      y: { kind: "vector", vector, label: `towards ${second.label}` },
      normalization: "none",
      biases: "include",
      orthogonalize: false,
      batchNorm: batchNorm === "reestimated" ? "reestimated" : "frozen",
      subset,
      alpha: { min: -8, max: 49, count: columns },
      beta: { min: -7, max: 43, count: rows },
    },
    marks: [first, second, third],
    projected: projected.map(() => ({ alpha: 30, beta: 20, offPlane: 4.2 })),
  };
};

const fakeTrajectory: Fake<"trajectory"> = async ({ points }) => {
  const left = Float64Array.from(points, (_, i) => 1 - i / Math.max(1, points.length - 1));
  return {
    directions: [points[0].slice(), points[0].slice()],
    explained: Float64Array.of(0.86, 0.09, 0.03, 0.02),
    alpha: left.map((value) => 12 * value),
    beta: left.map((value) => 3 * Math.sin(Math.PI * value)),
    offPlane: left.map((value) => 1.5 * value * (1 - value)),
  };
};

const fakeCurve: Fake<"curve"> = async ({ spec, request, batchNorm, points, from }, context) => {
  const batchLosses = Float32Array.from({ length: 8 }, (_, k) => 1.6 - 0.15 * k);
  for (const [step, loss] of batchLosses.entries()) {
    await context.pause(60);
    context.emit({ kind: "steps", firstStep: step, steps: batchLosses.length, batchLosses: Float32Array.of(loss) });
  }
  const figures = pathMetrics(points, 0.05, spec.data.train.count ?? 50_000);
  await emitPath(figures, "curve", context);
  return {
    request,
    controls: Array.from({ length: request.controls }, () => from.theta.slice()),
    batchLosses,
    status: context.signal.aborted ? "cancelled" : "complete",
    figures,
    report: { spec, batchNorm, backend: "WebGPU (example)", elapsedMs: 3400 },
  };
};

export const fakeComparison = {
  curve: fakeCurve,
  distances: fakeDistances,
  match: fakeMatch,
  line: fakeLine,
  plane: fakePlane,
  trajectory: fakeTrajectory,
};
