/** Random vectors v and their products: one run serves trace, Frobenius norm, diagonal and curvature along random lines. */
import { CurvatureError } from "../curvature-error.ts";
import type { SymmetricOperator } from "../operator.ts";
import { type DrawKind, drawVector } from "../vectors/draw.ts";
import { Lane } from "../vectors/lane.ts";
import { type Estimate, estimateMean, type ProbeStatus } from "./estimate.ts";

export interface ProbeOptions {
  readonly probes: number;
  readonly kind: DrawKind;
  readonly seed: number;
  /**
   * Whether v ⊙ Av is accumulated too: with ±1 probes its mean is an unbiased estimate of the diagonal (Bekas et al.
   * 2007).
   */
  readonly diagonal?: boolean;
  readonly signal?: AbortSignal;
  readonly onProbe?: (sample: ProbeSample, index: number) => void;
}

export interface ProbeSample {
  /** vᵀAv */
  readonly quadratic: number;
  /** ‖Av‖² */
  readonly productSquare: number;
  /** ‖v‖² */
  readonly square: number;
}

export interface ProbeRun {
  readonly samples: readonly ProbeSample[];
  /** [operator.length], zero outside the support; absent when it was not asked for or no probe ended. */
  readonly diagonal?: Float64Array;
  readonly status: ProbeStatus;
}

export function checkProbes(probes: number): void {
  if (!Number.isSafeInteger(probes) || probes < 1) {
    throw new CurvatureError(`${probes} probes are asked for; ask for a whole number of at least 1.`);
  }
}

/** Throws CurvatureError for less than one probe or a diagonal from Gaussian ones; rejects with the backend's error. */
export async function runProbes(operator: SymmetricOperator, options: ProbeOptions): Promise<ProbeRun> {
  checkProbes(options.probes);
  if (options.diagonal && options.kind !== "rademacher") {
    throw new CurvatureError("The diagonal is estimated from Rademacher probes.");
  }
  const { backend, length } = operator;
  const total = options.diagonal ? backend.createTensor({ dtype: "float", shape: [length] }) : null;
  const lanes = operator.vectors.map((_, i) => new Lane(operator, i));
  const samples: ProbeSample[] = [];
  try {
    let status: ProbeStatus = "complete";
    while (samples.length < options.probes && status === "complete") {
      const active = lanes.slice(0, options.probes - samples.length);
      const batch = await multiplyBatch(active, options, samples.length);
      if (batch === null) status = "cancelled";
      else if (!batch.every(isSound)) status = "non-finite";
      else {
        for (const lane of total ? active : []) await lane.addProductTo(total!);
        for (const sample of batch) {
          samples.push(sample);
          options.onProbe?.(sample, samples.length - 1);
        }
      }
    }
    if (!total || samples.length === 0) return { samples, status };
    const diagonal = Float64Array.from(await backend.read(total), (sum) => sum / samples.length);
    return { samples, diagonal, status };
  } finally {
    total?.dispose();
    for (const lane of lanes) await lane.dispose();
  }
}

const isSound = ({ quadratic, productSquare }: ProbeSample): boolean =>
  Number.isFinite(quadratic) && Number.isFinite(productSquare);

/** The next probes, one a lane; null when the run was cancelled. */
async function multiplyBatch(
  lanes: readonly Lane[],
  { kind, seed, signal }: ProbeOptions,
  first: number,
): Promise<ProbeSample[] | null> {
  if (signal?.aborted) return null;
  const { operator } = lanes[0];
  lanes.forEach((lane, i) => {
    operator.backend.write(lane.x, drawVector(operator, kind, seed, first + i));
  });
  try {
    await operator.apply(lanes.length, signal);
  } catch (error) {
    if (signal?.aborted) return null;
    throw error;
  }
  const forms = await Promise.all(lanes.map((lane) => lane.forms()));
  return forms.map(({ xw, ww, xx }) => ({ quadratic: xw, productSquare: ww, square: xx }));
}

/** tr A = E vᵀAv (Hutchinson 1989). */
export const estimateTrace = (samples: readonly ProbeSample[]): Estimate =>
  estimateMean(samples.map(({ quadratic }) => quadratic));

/** ‖A‖_F, from ‖A‖_F² = E ‖Av‖²; the error by the delta method. */
export function estimateFrobeniusNorm(samples: readonly ProbeSample[]): Estimate {
  const { mean, standardError, probes } = estimateMean(samples.map(({ productSquare }) => productSquare));
  const norm = Math.sqrt(mean);
  return { mean: norm, standardError: norm === 0 ? 0 : standardError / (2 * norm), probes };
}

/** vᵀAv/vᵀv of every probe: with Gaussian ones, the curvature along directions spread evenly over the sphere. */
export const curvatures = (samples: readonly ProbeSample[]): Float64Array =>
  Float64Array.from(samples, ({ quadratic, square }) => quadratic / square);
