/** Stochastic Lanczos quadrature: Gauss quadratures of the spectral density, one a probe (Golub & Meurant 2010, Ubaru et al. 2017). */
import { CurvatureError } from "../curvature-error.ts";
import type { SymmetricOperator } from "../operator.ts";
import { bytesPerVector } from "../solvers/lanczos-options.ts";
import { symmetricEigen } from "../solvers/symmetric-eigen.ts";
import { Basis } from "../vectors/basis.ts";
import { type DrawKind, drawVector } from "../vectors/draw.ts";
import { Lane } from "../vectors/lane.ts";
import type { ProbeStatus } from "./estimate.ts";
import { checkProbes } from "./probes.ts";

/** The quadrature of one probe v: Σ weights · f(nodes) ≈ vᵀf(A)v/‖v‖². */
export interface Quadrature {
  /** Ritz values θ, ascending. */
  readonly nodes: Float64Array;
  /** τ², the squared first components of T's eigenvectors; they add up to 1. */
  readonly weights: Float64Array;
}

export interface QuadratureOptions {
  /** Lanczos steps m a probe. */
  readonly steps: number;
  readonly probes: number;
  readonly kind: DrawKind;
  readonly seed: number;
  /** Bytes for the bases. Where they hold several, that many probes share each pass over the data. */
  readonly memoryBytes: number;
  readonly signal?: AbortSignal;
  readonly onProbe?: (run: Quadrature, index: number) => void;
  readonly onStep?: (progress: { readonly products: number; readonly total: number }) => void;
}

export interface QuadratureResult {
  /** Those that ended, in order of their probes. Cancelling drops the ones under way. */
  readonly runs: readonly Quadrature[];
  readonly products: number;
  readonly status: ProbeStatus;
}

/** Remainders below this share of ‖Av‖: the Krylov space is invariant, and the quadrature exact. */
const invariant = { relative: 1e-12, absolute: 0 };

/** Throws CurvatureError for what cannot be done; rejects with the backend's error. */
export async function lanczosQuadrature(
  operator: SymmetricOperator,
  options: QuadratureOptions,
): Promise<QuadratureResult> {
  checkProbes(options.probes);
  if (!Number.isSafeInteger(options.steps) || options.steps < 1) {
    throw new CurvatureError(`${options.steps} Lanczos steps are asked for; ask for a whole number of at least 1.`);
  }
  const steps = Math.min(options.steps, operator.dimension);
  const bytesPerProbe = steps * bytesPerVector(operator);
  const together = Math.min(operator.vectors.length, options.probes, Math.floor(options.memoryBytes / bytesPerProbe));
  if (!(together >= 1)) {
    throw new CurvatureError(
      `${steps} Lanczos steps keep ${(bytesPerProbe / 1e6).toPrecision(3)} MB of vectors, more than the ` +
        `${options.memoryBytes / 1e6} MB allowed: give more or take fewer steps.`,
    );
  }
  const lanes = operator.vectors.slice(0, together).map((_, i) => new Lane(operator, i));
  const runs: Quadrature[] = [];
  let products = 0;
  const total = options.probes * steps;
  const onProduct = (count: number) => {
    products += count;
    options.onStep?.({ products, total });
  };
  try {
    while (runs.length < options.probes) {
      const batch = lanes.slice(0, options.probes - runs.length);
      const chains = batch.map((lane) => new Chain(lane, new Basis(operator.backend, operator.length, steps)));
      try {
        const status = await runChains(chains, { ...options, steps }, runs.length, onProduct);
        if (status !== "complete") return { runs, products, status };
        for (const chain of chains) {
          const run = chain.quadrature();
          runs.push(run);
          options.onProbe?.(run, runs.length - 1);
        }
      } finally {
        for (const { basis } of chains) await basis.dispose();
      }
    }
    return { runs, products, status: "complete" };
  } finally {
    for (const lane of lanes) await lane.dispose();
  }
}

async function runChains(
  chains: readonly Chain[],
  { steps, kind, seed, signal }: QuadratureOptions,
  first: number,
  onProduct: (count: number) => void,
): Promise<ProbeStatus> {
  const { operator } = chains[0].lane;
  for (const [i, chain] of chains.entries()) await chain.start(drawVector(operator, kind, seed, first + i));
  for (let step = 0; step < steps; step++) {
    if (signal?.aborted) return "cancelled";
    if (chains.every(({ isComplete }) => isComplete)) break;
    for (const chain of chains) await chain.load();
    try {
      await operator.apply(chains.length, signal);
    } catch (error) {
      if (signal?.aborted) return "cancelled";
      throw error;
    }
    for (const chain of chains) await chain.extend(step + 1 < steps);
    const isSound = await Promise.all(chains.map((chain) => chain.take()));
    onProduct(chains.length);
    if (isSound.includes(false)) return "non-finite";
  }
  return "complete";
}

/** Lanczos from one probe on one lane. */
class Chain {
  isComplete = false;
  readonly #alphas: number[] = [];
  readonly #betas: number[] = [];

  constructor(
    readonly lane: Lane,
    readonly basis: Basis,
  ) {}

  async start(probe: Float32Array): Promise<void> {
    this.lane.write(probe);
    await this.lane.note();
    await this.lane.measure({ relative: 0, absolute: 0 });
    await this.basis.append(this.lane);
  }

  load(): Promise<void> {
    return this.basis.load(this.basis.size - 1, this.lane);
  }

  async extend(isLonger: boolean): Promise<void> {
    if (this.isComplete) return;
    await this.lane.note();
    await this.basis.orthogonalize(this.lane);
    await this.lane.measure(invariant);
    if (isLonger) await this.basis.append(this.lane);
  }

  /** Reads the last step's α and β; false when they are not finite. */
  async take(): Promise<boolean> {
    if (this.isComplete) return true;
    const [overlaps, { norm, isZero }] = await Promise.all([this.basis.readOverlaps(this.lane), this.lane.readNorm()]);
    const alpha = overlaps[this.#alphas.length];
    if (!Number.isFinite(alpha) || !Number.isFinite(norm)) return false;
    this.#alphas.push(alpha);
    this.#betas.push(norm);
    this.isComplete = isZero;
    return true;
  }

  quadrature(): Quadrature {
    const matrix = this.#alphas.map((alpha, i) => {
      const row = new Float64Array(this.#alphas.length);
      row[i] = alpha;
      if (i > 0) row[i - 1] = this.#betas[i - 1];
      if (i + 1 < row.length) row[i + 1] = this.#betas[i];
      return row;
    });
    const { values, vectors } = symmetricEigen(matrix);
    return { nodes: values, weights: Float64Array.from(vectors, (vector) => vector[0] ** 2) };
  }
}
