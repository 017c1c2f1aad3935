/** One pass over the micro-batches: the products of all vectors of a width. */
import type { Backend, DeviceTensor } from "../../backends/backend.ts";
import type { DeviceImages } from "../../execution/device-images.ts";
import type { DeviceWeights } from "../../execution/device-weights.ts";
import type { MicroBatch } from "../../execution/micro-batches.ts";
import type { WorkWindow } from "../../execution/work-window.ts";
import type { CurvatureMatrix } from "./trace-products.ts";

export interface ProductPass {
  readonly flop: number;
  /** Resolves once all of it is enqueued; rejects with the signal's reason. */
  enqueue(window: WorkWindow, signal?: AbortSignal): Promise<void>;
  /**
   * Takes the weights as they now are and, if given, micro-batches of the same sizes in the same order. Resolves once all of
   * it is enqueued.
   */
  renew(microBatches: readonly MicroBatch[], signal?: AbortSignal): Promise<void>;
  dispose(): void;
}

/** What a pass reads and where it writes. */
export interface PassTensors {
  readonly backend: Backend;
  readonly matrix: CurvatureMatrix;
  readonly images: DeviceImages;
  /** int [images.count] */
  readonly labels: DeviceTensor;
  readonly weights: DeviceWeights;
  readonly microBatches: readonly MicroBatch[];
  /** Vectors multiplied, as many as the width. */
  readonly vectors: readonly DeviceTensor[];
  readonly products: readonly DeviceTensor[];
}

/** `tensors` by the names that `name` gives their places. */
export const named = (
  tensors: readonly DeviceTensor[],
  name: (index: number) => string,
): Record<string, DeviceTensor> => Object.fromEntries(tensors.map((tensor, i) => [name(i), tensor]));

/** The first micro-batch begins the sum. */
export const keepFeed = (isFirst: boolean): { readonly keep: Float64Array } => ({
  keep: Float64Array.of(isFirst ? 0 : 1),
});
