/** What several jobs make of a spec. */
import { createModel } from "../architectures/networks.ts";
import type { Backend } from "../backends/backend.ts";
import { factsOf } from "../data/sets/facts.ts";
import { evenMicroBatches, type MicroBatch } from "../execution/micro-batches.ts";
import { lossNameOf, type Spec } from "../experiment/spec.ts";
import { chooseLoss } from "../models/losses/choose-loss.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { describeModel, StateDictError } from "../models/state-dict.ts";
import { type FlatWeights, fitsLayout } from "../models/weights.ts";

export const modelOf = ({ model, data }: Pick<Spec, "model" | "data">): Model =>
  createModel(model, factsOf(data.source).image);

/** The loss that a specification is trained and measured by. */
export const lossOf = (spec: Pick<Spec, "loss" | "labelSmoothing">): LossFunction =>
  chooseLoss(lossNameOf(spec), spec.labelSmoothing ?? 0);

export const pixelNormalizationOf = ({ data }: Pick<Spec, "data">) => factsOf(data.source).pixelNormalization;

/**
 * Images evaluated at once where the result does not depend on it: enough to fill a GPU; on a processor few enough that
 * a cancel is heard within a second.
 */
const evaluatedAtOnce: Readonly<Record<Backend["kind"], number>> = { webgpu: 250, tfjs: 50, reference: 25 };

export const microBatchesOn = (backend: Backend, count: number): MicroBatch[] =>
  evenMicroBatches(count, evaluatedAtOnce[backend.kind]);

/** Throws StateDictError unless the vectors are of the model's layouts. */
export function checkWeights(model: Model, weights: FlatWeights): void {
  if (fitsLayout(weights.theta, model.layout) && fitsLayout(weights.state, model.stateLayout)) return;
  throw new StateDictError(
    `These weights are not those of ${describeModel(model)}: it takes vectors of ${model.layout.length} and ` +
      `${model.stateLayout.length} numbers, and these have ${weights.theta.length} and ${weights.state.length}. ` +
      "Use them with the specification they were trained under.",
  );
}
