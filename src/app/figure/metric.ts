/** What a figure shows of the measured values. All three come from one measurement, so switching costs nothing. */
import type { LossName } from "../../experiment/spec.ts";
import type { SurfaceValues } from "../../experiment/surface.ts";

export const metrics = ["loss", "accuracy", "error"] as const;
export type Metric = (typeof metrics)[number];

export const metricNames: Readonly<Record<Metric, string>> = {
  loss: "Loss",
  accuracy: "Accuracy",
  error: "Error rate",
};

/** What a loss is a mean of. */
export const lossUnits: Readonly<Record<LossName, string>> = {
  "cross-entropy": "cross-entropy, nats",
  mse: "half the squared error",
};

/** Unit for axes and legends: that of the loss, or a fraction of the examples. */
export const metricUnit = (metric: Metric, loss: LossName | null): string =>
  metric === "loss" ? (loss ? lossUnits[loss] : "as each run was trained") : "fraction of the examples";

export function metricAt(values: Pick<SurfaceValues, "loss" | "accuracy">, metric: Metric, cell: number): number {
  switch (metric) {
    case "loss":
      return values.loss[cell];
    case "accuracy":
      return values.accuracy[cell];
    case "error":
      return 1 - values.accuracy[cell];
  }
}

/** Standard error over examples: measured for the loss, binomial for a fraction of `examples`. NaN where unknown. */
export function errorAt(values: SurfaceValues, metric: Metric, cell: number, examples: number | null): number {
  if (metric === "loss") return values.lossError[cell];
  const fraction = values.accuracy[cell];
  return examples ? Math.sqrt((fraction * (1 - fraction)) / examples) : Number.NaN;
}
