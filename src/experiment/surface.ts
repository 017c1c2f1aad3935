/** What a surface or line is: how it was asked for, and its values. Files of it are in `surface-files.ts`. */
import type { GridAxis } from "./grid.ts";
import type { Spec } from "./spec.ts";

/** `by-kind`: what is usual for each of the two directions (`direction-treatment.ts`). */
export const normalizations = ["filter", "layer", "weight", "model", "none", "by-kind"] as const;
export type Normalization = (typeof normalizations)[number];
export const biasTreatments = ["ignore", "include", "by-kind"] as const;
export type BiasTreatment = (typeof biasTreatments)[number];

export type DirectionSource =
  | { readonly kind: "random"; readonly seed: number }
  /** A flat vector in the model's own layout, for a direction read from a file or computed by another job. */
  | {
      readonly kind: "vector";
      readonly vector: Float32Array;
      readonly label: string;
      /** The curvature of the surface's own loss along the vector as it is, where it is a unit eigenvector of its Hessian. */
      readonly eigenvalue?: number;
    };

export const surfaceSubsets = ["train", "test"] as const;
export type SurfaceSubset = (typeof surfaceSubsets)[number];
export const batchNormModes = ["frozen", "batch", "reestimated"] as const;
export type BatchNormMode = (typeof batchNormModes)[number];

/** BatchNorm's running statistics of a model, at its place in a plane. */
export interface StatisticsAnchor {
  readonly alpha: number;
  readonly beta: number;
  readonly state: Float32Array;
}

/** Everything that decides a surface's values, apart from the weights themselves. */
export interface SurfaceRequest {
  readonly x: DirectionSource;
  /** Absent: a 1-D line along x. */
  readonly y: DirectionSource | null;
  readonly normalization: Normalization;
  /** Biases and BatchNorm's scale and shift: zero in the direction, or drawn and normalised like the rest. */
  readonly biases: BiasTreatment;
  readonly orthogonalize: boolean;
  readonly batchNorm: BatchNormMode;
  /** Two or three models between which frozen statistics are interpolated; absent: the centre's are used everywhere. */
  readonly statistics?: readonly StatisticsAnchor[];
  readonly subset: SurfaceSubset;
  readonly alpha: GridAxis;
  readonly beta: GridAxis;
}

/** Values on the grid, row-major with beta the slow axis; NaN where not yet measured. */
export interface SurfaceValues {
  readonly columns: number;
  readonly rows: number;
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly loss: Float64Array;
  /** Standard error of the loss over examples. */
  readonly lossError: Float64Array;
  /** Fraction of the examples classified right. */
  readonly accuracy: Float64Array;
  /** 1 where measured. A measured loss may be non-finite: that is a result, not a gap. */
  readonly measured: Uint8Array;
}

/** Values of some cells; `cells` are row-major indices, rows (beta) slow. */
export interface MeasuredCells {
  readonly cells: Uint32Array;
  readonly loss: Float64Array;
  readonly lossError: Float64Array;
  readonly accuracy: Float64Array;
}

export interface SurfaceReport {
  readonly spec: Spec;
  readonly request: Omit<SurfaceRequest, "x" | "y" | "batchNorm" | "statistics"> & {
    readonly x: string;
    readonly y: string | null;
    readonly batchNorm: BatchNormMode | "interpolated";
  };
  /** Examples behind every value. */
  readonly examples: number;
  /** Micro-batch sizes of the weighted sum, in order. */
  readonly microBatches: readonly number[];
  /** Cosine of the two directions as used. */
  readonly cosine: number | null;
  readonly directionNorms: readonly number[];
  /** Eigenvalues of the directions before their treatment; null for one that is no eigenvector. Absent without any. */
  readonly eigenvalues?: readonly (number | null)[];
  readonly backend: string;
  readonly status: "complete" | "cancelled";
  readonly evaluations: number;
  readonly elapsedMs: number;
}

export interface Surface {
  readonly values: SurfaceValues;
  readonly report: SurfaceReport;
}

/** A surface as it is kept with its run. */
export interface KeptSurface extends Surface {
  /** The training step whose weights are its centre: the run's checkpoint of that step is what it was measured around. */
  readonly step?: number;
}
