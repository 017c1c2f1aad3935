/** The gradient of one micro-batch, added to a running sum. */
import { flattenTensors } from "../../models/layout.ts";
import type { LossFunction } from "../../models/losses/loss.ts";
import type { Model } from "../../models/model.ts";
import { grad } from "../../tensor/differentiate/grad.ts";
import { add, input, multiply, sum } from "../../tensor/primitives/index.ts";
import type { Program } from "../../tensor/program.ts";
import { type ImageSource, traceBatch } from "./batch.ts";
import { flatInput, traceWeights } from "./weights.ts";

/**
 * Inputs: theta, state (with BatchNorm), gradient, pixels, labels, indices, draws, scale. Outputs: gradient + scale · ∇Σᵢ Lᵢ
 * over the batch's examples, and loss, scale · Σᵢ Lᵢ. With scale = 1/N the batches of a set of N sum to
 * the gradient of its mean.
 */
export function traceGradient(
  model: Model,
  lossFunction: LossFunction,
  source: ImageSource,
  batchSize: number,
  batchNorm: "frozen" | "batch" = "frozen",
): Program {
  const weights = traceWeights(model);
  const batch = traceBatch(model, source, batchSize);
  const gradient = flatInput(model.layout);
  const scale = input({ dtype: "float", shape: [] });
  const use = batchNorm === "frozen" ? ({ kind: "frozen" } as const) : ({ kind: "batch", momentum: 0 } as const);
  const { logits } = model.apply(weights.parameters, weights.state, batch.images, use);
  const { losses } = lossFunction(logits, batch.targets);
  const total = multiply(sum(losses), scale);
  return {
    inputs: { ...weights.inputs, gradient, ...batch.inputs, scale },
    outputs: {
      gradient: add(gradient, flattenTensors(model.layout, grad(total, weights.parameters))),
      loss: total,
    },
  };
}
