/** What a curvature operator is asked for, and whether that has an answer. */
import type { Backend } from "../../backends/backend.ts";
import type { DeviceImages } from "../../execution/device-images.ts";
import type { DeviceWeights } from "../../execution/device-weights.ts";
import type { MicroBatch } from "../../execution/micro-batches.ts";
import type { WorkWindow } from "../../execution/work-window.ts";
import type { LayoutEntry } from "../../models/layout.ts";
import { crossEntropy } from "../../models/losses/cross-entropy.ts";
import type { LossFunction } from "../../models/losses/loss.ts";
import type { Model } from "../../models/model.ts";
import { CurvatureError } from "../curvature-error.ts";
import { selectTensors } from "../selection.ts";
import type { CurvatureKind } from "./product-rules.ts";

export interface CurvatureOperatorOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly kind: CurvatureKind;
  /** Statistics that BatchNorm uses; with `batch` the matrix depends on how the examples are cut into micro-batches. */
  readonly batchNorm: "frozen" | "batch";
  readonly images: DeviceImages;
  /** Not to be written while the operator lives, unless it is renewed then. */
  readonly weights: DeviceWeights;
  /** The examples; each counts 1/N, whatever its batch's size. */
  readonly microBatches: readonly MicroBatch[];
  readonly window: WorkWindow;
  /** Names or globs (`features.*.weight`) of the tensors whose block it is; all unless told. */
  readonly parameters?: readonly string[];
  /** D·A·D with D the norms of the weights' filters, of weights only. */
  readonly filterScaled?: boolean;
  /** How many products share a pass over the data; 1 unless told. */
  readonly width?: number;
  /** Vectors hold the block's tensors alone, as `createLayout` lays them out; unless told they are of the model's layout. */
  readonly isCompact?: boolean;
  /** Seed of the Fisher matrix's sampled labels; 0 unless told. */
  readonly seed?: number;
  /** Bytes in which to keep what all products have in common, if it fits; 0 unless told. */
  readonly hoistBytes?: number;
  /** Whether `renew` will be called: what computes the common part is then kept too. */
  readonly isRenewable?: boolean;
  readonly signal?: AbortSignal;
}

/** The number of examples. Throws CurvatureError where there are none. */
export function countExamples({ microBatches }: CurvatureOperatorOptions): number {
  const count = microBatches.reduce((total, { size }) => total + size, 0);
  if (count === 0) throw new CurvatureError("There are no examples. Choose at least one.");
  return count;
}

/** Throws CurvatureError unless it is a whole number from 1 on. */
export function checkWidth(width: number): void {
  if (Number.isInteger(width) && width >= 1) return;
  throw new CurvatureError(`${width} products at a time cannot be: the width must be a whole number from 1 on.`);
}

/** The tensors whose block it is. Throws CurvatureError where there is none, or no such matrix. */
export function chooseTensors({
  model,
  kind,
  loss,
  parameters,
  filterScaled,
}: Pick<CurvatureOperatorOptions, "model" | "kind" | "loss" | "parameters" | "filterScaled">): readonly LayoutEntry[] {
  if (kind === "fisher" && loss !== crossEntropy) {
    throw new CurvatureError(
      "The Fisher matrix with sampled labels is that of cross-entropy without label smoothing. Under another loss take the Gauss-Newton matrix, which is its mean.",
    );
  }
  const selected = selectTensors(model.layout, parameters);
  if (!filterScaled) return selected;
  const filters = selected.filter(({ role }) => role === "weight");
  if (filters.length === 0) {
    throw new CurvatureError(
      "Biases and BatchNorm's parameters have no filters to scale by. Select at least one weight.",
    );
  }
  return filters;
}

/** Rejects with CurvatureError where a weight or a running statistic is not a number. */
export async function requireFinite(backend: Backend, weights: DeviceWeights): Promise<void> {
  for (const [what, tensor] of [
    ["weights", weights.theta],
    ["running statistics", weights.state],
  ] as const) {
    const place = tensor ? (await backend.read(tensor)).findIndex((value) => !Number.isFinite(value)) : -1;
    if (place >= 0) {
      throw new CurvatureError(
        `The ${what} are not finite (at place ${place}). Take a checkpoint from before they diverged.`,
      );
    }
  }
}
