/** What a figure shows of the measured values. All three come from one measurement, so switching costs nothing. */
import type { SurfaceValues } from "../../experiment/surface.ts";

export const metrics = ["loss", "accuracy", "error"] as const;
export type Metric = (typeof metrics)[number];

export const metricNames: Readonly<Record<Metric, string>> = {
  loss: "Loss",
  accuracy: "Accuracy",
  error: "Error rate",
};

/** Unit for axes and legends: nats of mean cross-entropy, or a fraction of the examples. */
export const metricUnits: Readonly<Record<Metric, string>> = {
  loss: "cross-entropy, nats",
  accuracy: "fraction of the examples",
  error: "fraction of the examples",
};

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
