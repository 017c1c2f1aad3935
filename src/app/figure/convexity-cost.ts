/** What a convexity map will take, before and while it is measured. */

/** A product over a loss, with the primal kept: docs/decisions has the figures of the cost model. */
const productOverEvaluation = 6;

export interface ConvexityWork {
  readonly points: number;
  readonly productsPerPoint: number;
  /** FLOP of one product, where a map has told; else estimated from one loss. */
  readonly productFlop: number | null;
  readonly evaluationFlop: number | null;
  /** Seconds that points of this map have taken each. */
  readonly secondsPerPoint: number | null;
  /** Rate that this device has last reached. */
  readonly gflopPerSecond: number | null;
}

/** Null for what cannot be told. */
export function convexityCost(work: ConvexityWork): { readonly flop: number | null; readonly seconds: number | null } {
  const { points, productsPerPoint, productFlop, evaluationFlop, secondsPerPoint, gflopPerSecond } = work;
  const perProduct = productFlop ?? (evaluationFlop === null ? null : productOverEvaluation * evaluationFlop);
  const flop = perProduct === null ? null : points * productsPerPoint * perProduct;
  const byFlop = flop !== null && gflopPerSecond ? flop / (gflopPerSecond * 1e9) : null;
  return { flop, seconds: secondsPerPoint === null ? byFlop : points * secondsPerPoint };
}

/** Null before the first point. */
export function secondsLeft(done: number, total: number, elapsedSeconds: number): number | null {
  return done === 0 ? null : (elapsedSeconds / done) * (total - done);
}
