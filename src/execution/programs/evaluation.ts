/** Loss and accuracy of one micro-batch, in a form whose parts add up over micro-batches without cancellation. */
import type { LossFunction } from "../../models/losses/loss.ts";
import type { Model } from "../../models/model.ts";
import { multiply, subtract, sum } from "../../tensor/primitives/index.ts";
import type { Program } from "../../tensor/program.ts";
import { type ImageSource, traceBatch } from "./batch.ts";
import { traceWeights } from "./weights.ts";

/**
 * Inputs: theta, state (with BatchNorm, when frozen), pixels, labels, indices, draws. Outputs: loss (the batch's mean),
 * spread (the sum of squared deviations from it) and correct (a count).
 */
export function traceEvaluation(
  model: Model,
  lossFunction: LossFunction,
  batchNorm: "frozen" | "batch",
  source: ImageSource,
  batchSize: number,
): Program {
  const weights = traceWeights(model);
  const batch = traceBatch(model, source, batchSize);
  const use = batchNorm === "frozen" ? ({ kind: "frozen" } as const) : ({ kind: "batch", momentum: 0 } as const);
  const { logits } = model.apply(weights.parameters, weights.state, batch.images, use);
  const { losses, correct } = lossFunction(logits, batch.targets);
  const loss = multiply(sum(losses), 1 / batchSize);
  const deviation = subtract(losses, loss);
  return {
    inputs: { ...weights.inputs, ...batch.inputs },
    outputs: { loss, spread: sum(multiply(deviation, deviation)), correct: sum(correct) },
  };
}
