/**
 * Cross-entropy in the form that stays accurate in float32 at the margins of trained nets: with d_j = z_j − z_y and
 * m = max_j d_j ≥ 0, L = m + log(e^−m + Σ_{j≠y} e^(d_j − m)) = m + log1p(t). The shifted log-softmax loses a small loss
 * to cancellation. m is a constant to derivatives: L does not depend on it.
 */
import {
  add,
  broadcast,
  exp,
  log1p,
  max,
  multiply,
  negate,
  select,
  step,
  subtract,
  sum,
} from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { ExampleLosses, LossFunction } from "./loss.ts";

/** Losses [n] of `logits` [n, classes] against `targets` [n, classes], rows of one 1. Of tied classes the label wins. */
export function crossEntropy(logits: Value, targets: Value): ExampleLosses {
  const perClass = (x: Value) => broadcast(x, logits.type.shape, [0]);
  const labelLogit = sum(multiply(logits, targets), [1]);
  // Exactly 0 at the label, however the subtraction is rearranged: a margin above 0 means a wrong class.
  const difference = select(targets, 0, subtract(logits, perClass(labelLogit)));
  const margin = max(difference, [1]);
  const others = sum(multiply(exp(subtract(difference, perClass(margin))), subtract(1, targets)), [1]);
  const t = add(others, select(margin, subtract(exp(negate(margin)), 1), 0));
  return { losses: add(margin, log1p(t)), correct: subtract(1, step(margin)) };
}

/**
 * Cross-entropy against targets of which `smoothing` goes evenly to all classes. As −log p_k = L − d_k, it is L less
 * `smoothing` of the mean of d, and so as accurate.
 */
export const smoothedCrossEntropy =
  (smoothing: number): LossFunction =>
  (logits, targets) => {
    const { losses, correct } = crossEntropy(logits, targets);
    const label = sum(multiply(logits, targets), [1]);
    const mean = multiply(sum(logits, [1]), 1 / logits.type.shape[1]);
    return { losses: add(losses, multiply(subtract(label, mean), smoothing)), correct };
  };
