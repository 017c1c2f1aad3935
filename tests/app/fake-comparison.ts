/** The fake runner's comparisons: distances and barriers such as those between nets from different initialisations. */
import type { JobName, JobParams, JobResult, Jobs } from "../../src/jobs/jobs.ts";

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

export const fakeComparison = { distances: fakeDistances, match: fakeMatch };
