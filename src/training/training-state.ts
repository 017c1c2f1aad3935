/** A point of a training run on the host: all that is needed to go on from it exactly. */
import type { FlatWeights } from "../models/weights.ts";

export interface EpochFigures {
  /** Epochs completed, from 1. */
  readonly epoch: number;
  /** Steps taken. */
  readonly step: number;
  /** The rate of the epoch's last step. */
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Time spent training so far, without pauses. */
  readonly elapsedMs: number;
}

export interface TrainingState {
  /** Steps taken. */
  readonly step: number;
  readonly weights: FlatWeights;
  /** The optimiser's flat vectors. */
  readonly moments: readonly Float32Array[];
  readonly epochs: readonly EpochFigures[];
  /** The batch losses so far, one a step. */
  readonly batchLosses: Float32Array;
}
