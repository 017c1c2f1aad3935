/** One optimiser step on one batch. */
import { type ImageSource, traceBatch } from "../execution/programs/batch.ts";
import { flatInput, traceWeights } from "../execution/programs/weights.ts";
import { flattenTensors } from "../models/layout.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { grad } from "../tensor/differentiate/grad.ts";
import { input, multiply, sum } from "../tensor/primitives/index.ts";
import type { Program, Value } from "../tensor/program.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";

/** PyTorch's default for the running statistics. */
const batchNormMomentum = 0.1;

export const momentName = (index: number): string => `moment${index}`;

/**
 * Inputs: theta, state (with BatchNorm), moment0 …, pixels, labels, indices, draws, and the optimiser's scalars.
 * Outputs: theta, state, moment0 … after the step; loss (the batch's mean before it) and correct (a count).
 */
export function traceTrainStep(
  model: Model,
  lossFunction: LossFunction,
  optimizer: Optimizer,
  source: ImageSource,
  batchSize: number,
): Program {
  const weights = traceWeights(model);
  const batch = traceBatch(model, source, batchSize);
  const moments = Array.from({ length: optimizer.momentCount }, () => flatInput(model.layout));
  const scalars = record(optimizer.scalarNames, () => input({ dtype: "float", shape: [] }));

  const output = model.apply(weights.parameters, weights.state, batch.images, {
    kind: "batch",
    momentum: batchNormMomentum,
  });
  const { losses, correct } = lossFunction(output.logits, batch.targets);
  const loss = multiply(sum(losses), 1 / batchSize);
  const gradient = flattenTensors(model.layout, grad(loss, weights.parameters));
  const next = optimizer.update(weights.theta, gradient, moments, scalars);

  const momentNames = moments.map((_, i) => momentName(i));
  return {
    inputs: { ...weights.inputs, ...record(momentNames, (_, i) => moments[i]), ...batch.inputs, ...scalars },
    outputs: {
      theta: next.theta,
      ...(weights.inputs.state && { state: flattenTensors(model.stateLayout, output.state) }),
      ...record(momentNames, (_, i) => next.moments[i]),
      loss,
      correct: sum(correct),
    },
  };
}

const record = (names: readonly string[], make: (name: string, index: number) => Value): Record<string, Value> =>
  Object.fromEntries(names.map((name, i) => [name, make(name, i)]));
