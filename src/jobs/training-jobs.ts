/** Training: what it takes, streams and returns. Types only. */
import type { Checkpoint } from "../experiment/checkpoint.ts";
import type { EpochMetrics } from "../experiment/metrics.ts";
import type { RecordingPlan } from "../experiment/recording.ts";
import type { Spec } from "../experiment/spec.ts";
import type { TrajectoryPoint } from "../experiment/trajectory.ts";
import type { Weights } from "../experiment/weights.ts";
import type { BackendChoice, CostEstimate } from "./device-jobs.ts";

/** A point of training from which it goes on exactly. */
export type TrainingCheckpoint = Checkpoint;

export interface TrainParams {
  /** Names the run in the browser's storage; checkpoints are kept under it. */
  readonly runId: string;
  readonly spec: Spec;
  readonly backend: BackendChoice;
  readonly resume?: TrainingCheckpoint;
  /** Starts paused, to be stepped. */
  readonly paused?: boolean;
  /** Keeps what was compiled, and the memory for it, for the next run, which uses it again if it is of the same shape. */
  readonly sharesPrograms?: boolean;
}

export type TrainEvent =
  | {
      readonly kind: "started";
      readonly backend: string;
      readonly cost: CostEstimate;
      readonly steps: number;
      /** Programs compiled for this run; 0 when those of the one before are used again. */
      readonly compiled: number;
      /** Absent where no path is recorded: none was asked for, or none fits. */
      readonly recording?: RecordingPlan;
    }
  /** Latest wins, at most 10 a second. Losses since the last tick come with it, one a step. */
  | {
      readonly kind: "progress";
      readonly step: number;
      readonly steps: number;
      /** Epochs done, with the fraction of the current one. */
      readonly epoch: number;
      readonly learningRate: number;
      readonly firstLossStep: number;
      readonly batchLosses: Float32Array;
      readonly imagesPerSecond: number;
      readonly gflopPerSecond: number;
      readonly etaSeconds: number;
      readonly memoryBytes: number;
      readonly paused: boolean;
    }
  | { readonly kind: "epoch"; readonly metrics: EpochMetrics }
  /** Lossless. A point of the path, as the spec's recording asks; steps before a resumed checkpoint are not given again. */
  | { readonly kind: "recorded"; readonly point: TrajectoryPoint }
  | { readonly kind: "checkpoint"; readonly step: number; readonly checkpoint: TrainingCheckpoint };

export type TrainControl =
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "step" }
  /** Asks for a checkpoint now, without a halt. */
  | { readonly kind: "checkpoint" }
  /** What was compiled is not kept for another run after all. */
  | { readonly kind: "release" };

export interface TrainResult {
  readonly status: "complete" | "cancelled" | "non-finite";
  readonly checkpoint: TrainingCheckpoint;
  /** Says what happened and where when the status is `non-finite`. */
  readonly message?: string;
}

export interface TrainingJobs {
  /** Initial weights of a spec, before any training. */
  initialize: { params: { readonly spec: Spec }; event: never; control: never; result: Weights };
  train: { params: TrainParams; event: TrainEvent; control: TrainControl; result: TrainResult };
}
