/**
 * Worst-case sharpness: the largest L(w + δ) − L(w) with ‖δ ⊘ s‖₂ ≤ ρ, s = |w| for adaptive sharpness (Kwon et al. 2021), 1 for
 * that of SAM (Foret et al. 2021). The search is gradient ascent in ε = δ ⊘ s with steps of a given length, projected onto the
 * ball. Its first step is the papers' closed form ε = ρ·s⊙g/‖s⊙g‖; the loss never falls from one kept point to the next. What
 * it finds is a lower bound of the maximum, which no search of this kind can prove.
 */
import type { ProbeStatus } from "./estimate.ts";

export interface LossAndGradient {
  readonly loss: number;
  /** Gradient of the loss, in the layout of the weights. */
  readonly gradient: Float32Array;
}

export interface WorstOptions {
  readonly theta: Float32Array;
  /** s, 0 where nothing is to move. */
  readonly scale: Float32Array;
  /** ρ */
  readonly radius: number;
  /** Gradients to spend, the one at w not counted. */
  readonly steps: number;
  /** L and ∇L at w. */
  readonly start: LossAndGradient;
  /** Where to go when there is no slope at all, in ε. */
  readonly anyDirection: () => Float32Array;
  readonly evaluate: (theta: Float32Array) => Promise<LossAndGradient>;
  readonly signal?: AbortSignal;
  readonly onStep?: (rise: number, done: number) => void | Promise<void>;
}

export interface WorstFound {
  /** The largest rise of the loss found, at least 0. */
  readonly rise: number;
  /** Gradients spent. */
  readonly done: number;
  readonly status: ProbeStatus;
}

/** A cancelled one resolves with the best so far. Rejects with the error of `evaluate`. */
export async function worstSharpness(options: WorstOptions): Promise<WorstFound> {
  const { theta, scale, radius, steps, start, anyDirection, evaluate, signal, onStep } = options;
  let best: LossAndGradient & { readonly epsilon: Float32Array } = {
    ...start,
    epsilon: new Float32Array(theta.length),
  };
  // In units of ρ. Doubled after a step that gained: a long one is the power method's.
  let stride = 1;
  let done = 0;
  const found = (status: ProbeStatus): WorstFound => ({ rise: best.loss - start.loss, done, status });
  while (done < steps) {
    if (signal?.aborted) return found("cancelled");
    const slope = normalized(multiply(scale, best.gradient)) ?? normalized(anyDirection());
    if (!slope) return found("complete");
    const epsilon = projected(best.epsilon, slope, stride * radius, radius);
    let next: LossAndGradient;
    try {
      next = await evaluate(moved(theta, scale, epsilon));
    } catch (error) {
      if (signal?.aborted) return found("cancelled");
      throw error;
    }
    done++;
    if (!Number.isFinite(next.loss)) return found("non-finite");
    if (next.loss > best.loss) {
      best = { ...next, epsilon };
      stride *= 2;
    } else stride /= 2;
    await onStep?.(best.loss - start.loss, done);
  }
  return found("complete");
}

const multiply = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, k) => value * b[k]);

/** θ + s⊙ε */
const moved = (theta: Float32Array, scale: Float32Array, epsilon: Float32Array): Float32Array =>
  theta.map((value, k) => value + scale[k] * epsilon[k]);

function normOf(vector: Float32Array): number {
  let square = 0;
  for (let k = 0; k < vector.length; k++) square += vector[k] * vector[k];
  return Math.sqrt(square);
}

/** Null for a vector of zeros. */
function normalized(vector: Float32Array): Float32Array | null {
  const norm = normOf(vector);
  return norm > 0 ? vector.map((value) => value / norm) : null;
}

/** ε + length·slope, drawn back onto the ball when it lies outside. */
function projected(epsilon: Float32Array, slope: Float32Array, length: number, radius: number): Float32Array {
  const raw = epsilon.map((value, k) => value + length * slope[k]);
  const norm = normOf(raw);
  const factor = norm > radius ? radius / norm : 1;
  return raw.map((value) => value * factor);
}
