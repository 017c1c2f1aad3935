/** What eigenvalue solvers tell while they run and when they end. */

export type SolverStatus =
  /** Every wanted pair's true residual is within the tolerance. */
  | "converged"
  /** The products allowed were used up first. */
  | "max-steps"
  /** Rounding ended the process: the estimates met the tolerance and the true residuals do not. */
  | "breakdown"
  /** A product was not finite. */
  | "non-finite"
  | "cancelled";

export interface EigenResult {
  /** The `topCount` largest, descending, then the smallest, ascending. */
  readonly values: Float64Array;
  readonly topCount: number;
  /** Unit vectors [operator.length] in the order of `values`. */
  readonly vectors: readonly Float32Array[];
  /** ‖Av − λv‖ of the vectors returned, measured by a product each; after "cancelled" and "non-finite" only estimated. */
  readonly residuals: Float64Array;
  /** `residuals` over |λ₁|, the largest absolute value of an eigenvalue met. */
  readonly relativeResiduals: Float64Array;
  readonly residualKind: "true" | "estimate";
  /** Which pairs are within the tolerance. */
  readonly converged: readonly boolean[];
  /** Products with one vector, those for the residuals included. */
  readonly products: number;
  /** After "converged" every pair wanted is there; after "cancelled" and "non-finite" those that had converged. */
  readonly status: SolverStatus;
}

export interface EigenProgress {
  /** Passes over the data so far; each took one product for every vector of a block. */
  readonly step: number;
  readonly products: number;
  /** Estimates of the wanted eigenvalues, in the order of `EigenResult.values`; fewer while the space is small. */
  readonly ritzValues: Float64Array;
  /** Estimates of the residuals, over |λ₁|. */
  readonly residualEstimates: Float64Array;
  /** How many of them are within the tolerance. */
  readonly converged: number;
}
