/** Squared error against one-hot targets, summed over classes: for a linear model its Hessian is (2/N) XᵀX a class. */
import { broadcast, max, multiply, select, step, subtract, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { ExampleLosses } from "./loss.ts";

/** Losses [n] of `outputs` [n, classes] against `targets` [n, classes], rows of one 1. Of tied classes the label wins. */
export function meanSquaredError(outputs: Value, targets: Value): ExampleLosses {
  const difference = subtract(outputs, targets);
  const label = broadcast(sum(multiply(outputs, targets), [1]), outputs.type.shape, [0]);
  return {
    losses: sum(multiply(difference, difference), [1]),
    correct: subtract(1, step(max(select(targets, 0, subtract(outputs, label)), [1]))),
  };
}
