/** How many products a solve usually takes, for an estimate before there is anything to judge by. */

export interface ProductRange {
  readonly fewest: number;
  readonly most: number;
}

/** Pairs asked for, and how exact. */
export interface SolveSize {
  readonly top: number;
  readonly bottom: number;
  /** Largest residual, relative to the largest |λ|. */
  readonly tolerance: number;
}

/**
 * Read off solves of trained networks (an MLP, VGG11-BN, ResNet-8; the counts are in the tests). Every decimal of the
 * tolerance costs about another product a pair; pairs from the bottom cost more, since they lie close to the bulk.
 */
export function usualProducts({ top, bottom, tolerance }: SolveSize, maxProducts: number): ProductRange {
  const pairs = top + bottom;
  const decimals = Math.max(1, -Math.log10(tolerance));
  const fromBottom = bottom > 0 ? 8 * (decimals - 1) * (bottom + 1) : 0;
  const limited = (products: number) => Math.min(Math.round(products), maxProducts);
  return {
    fewest: limited(pairs * (1.5 + decimals / 2)),
    most: limited(4 * decimals + pairs * (1 + decimals) + fromBottom),
  };
}
