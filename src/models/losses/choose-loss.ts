/** The loss that a specification names, with label smoothing (Szegedy et al. 2016). */
import { crossEntropy, smoothedCrossEntropy } from "./cross-entropy.ts";
import type { LossFunction } from "./loss.ts";
import { meanSquaredError, smoothedSquaredError } from "./mean-squared-error.ts";

const plain = { "cross-entropy": crossEntropy, mse: meanSquaredError };
const smoothed = { "cross-entropy": smoothedCrossEntropy, mse: smoothedSquaredError };

export type LossName = keyof typeof plain;

/** Functions made before: of one name and smoothing there is one function, by which programs are told apart. */
const made = new Map<string, LossFunction>();

/** `smoothing` of each label's weight goes evenly to all classes, from 0 on and below 1. */
export function chooseLoss(name: LossName, smoothing: number): LossFunction {
  if (smoothing === 0) return plain[name];
  const key = `${name} ${smoothing}`;
  const loss = made.get(key) ?? smoothed[name](smoothing);
  made.set(key, loss);
  return loss;
}
