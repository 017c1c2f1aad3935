/** A point of training in memory, from which it goes on exactly. Its files are in `checkpoint-files.ts`. */
import type { EpochMetrics } from "./metrics.ts";
import type { Spec } from "./spec.ts";
import type { Weights } from "./weights.ts";

export interface Checkpoint {
  readonly spec: Spec;
  /** Optimiser steps taken; with the spec's seeds it fixes the position in the shuffled data. */
  readonly step: number;
  readonly weights: Weights;
  /** The optimiser's flat vectors: [velocity] for SGD, [m, v] for Adam. */
  readonly moments: readonly Float32Array[];
  readonly epochs: readonly EpochMetrics[];
  /** Batch losses so far, one a step. */
  readonly batchLosses: Float32Array;
}
