/** BatchNorm's running statistics re-estimated from one batch in training mode. */
import { flattenTensors } from "../../models/layout.ts";
import type { Model } from "../../models/model.ts";
import { input, sum } from "../../tensor/primitives/index.ts";
import type { Program } from "../../tensor/program.ts";
import { type ImageSource, traceBatch } from "./batch.ts";
import { traceWeights } from "./weights.ts";

/**
 * Inputs: theta, state, pixels, indices, draws, momentum. Outputs: state, moved by `momentum` towards the batch's
 * statistics. Fed b/(examples so far) from the first batch on, it ends at the examples' mean (Garipov 2018); the first
 * batch, with momentum 1, forgets what was there. `done` is there to be fetched: a run that fetches nothing cannot be
 * waited for. The model must have running statistics.
 */
export function traceStatistics(model: Model, source: ImageSource, batchSize: number): Program {
  const weights = traceWeights(model);
  const { inputs, images } = traceBatch(model, source, batchSize);
  const momentum = input({ dtype: "float", shape: [] });
  const { state } = model.apply(weights.parameters, weights.state, images, { kind: "batch", momentum });
  const { labels: _, ...imageInputs } = inputs;
  const next = flattenTensors(model.stateLayout, state);
  return { inputs: { ...weights.inputs, ...imageInputs, momentum }, outputs: { state: next, done: sum(next) } };
}
