/** Half the squared error against one-hot targets, summed over classes: for a linear model its Hessian is (1/N) XᵀX a class. */
import { add, broadcast, max, multiply, select, step, subtract, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { ExampleLosses, LossFunction } from "./loss.ts";

/** Losses [n] of `outputs` [n, classes] against `targets` [n, classes], rows of one 1. Of tied classes the label wins. */
export const meanSquaredError: LossFunction = (outputs, targets) => squaredError(outputs, targets, targets);

/** The same against targets of which `smoothing` goes evenly to all classes. */
export const smoothedSquaredError =
  (smoothing: number): LossFunction =>
  (outputs, targets) => {
    const classes = targets.type.shape[1];
    return squaredError(outputs, targets, add(multiply(targets, 1 - smoothing), smoothing / classes));
  };

function squaredError(outputs: Value, labels: Value, targets: Value): ExampleLosses {
  const difference = subtract(outputs, targets);
  const label = broadcast(sum(multiply(outputs, labels), [1]), outputs.type.shape, [0]);
  return {
    losses: multiply(sum(multiply(difference, difference), [1]), 0.5),
    correct: subtract(1, step(max(select(labels, 0, subtract(outputs, label)), [1]))),
  };
}
