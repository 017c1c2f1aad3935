/** A sweep's axes in words. */
import type { AxisName } from "../../experiment/sweep.ts";

export const axisLabels: Readonly<Record<AxisName, string>> = {
  seed: "Seed of weights",
  std: "Gaussian σ",
  scheme: "Initial weights",
  batchSize: "Batch size",
  learningRate: "Learning rate",
  optimizer: "Optimiser",
  orderSeed: "Seed of order",
  width: "Width",
  batchNorm: "BatchNorm",
  hidden: "Hidden layers",
};

/** The same, short: three of them and a date make a tag. */
export const axisWords: Readonly<Record<AxisName, string>> = {
  seed: "seed",
  std: "σ",
  scheme: "scheme",
  batchSize: "batch",
  learningRate: "rate",
  optimizer: "optimiser",
  orderSeed: "order",
  width: "width",
  batchNorm: "BatchNorm",
  hidden: "hidden",
};

/** Axes whose values are ticked and not typed. */
export const axisChoices: Readonly<
  Partial<Record<AxisName, readonly { readonly value: string; readonly label: string }[]>>
> = {
  scheme: [
    { value: "gaussian", label: "Gaussian" },
    { value: "he-normal", label: "He normal" },
    { value: "xavier-normal", label: "Xavier normal" },
    { value: "orthogonal", label: "Orthogonal" },
  ],
  optimizer: [
    { value: "sgd", label: "SGD" },
    { value: "adam", label: "Adam" },
  ],
  batchNorm: [
    { value: "on", label: "With" },
    { value: "off", label: "Without" },
  ],
};

/** How the values of a typed axis are written. */
export const axisHints: Readonly<Partial<Record<AxisName, string>>> = {
  seed: "1–3, 7",
  orderSeed: "1–3, 7",
  hidden: "64×32, 128, none",
};
