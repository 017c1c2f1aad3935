/** A small surface, line and table, with the awkward values in them. */
import type { EpochMetrics } from "../../src/experiment/metrics.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import type { Surface } from "../../src/experiment/surface.ts";

export const sampleSpec = parseSpec({
  model: { name: "mlp", hidden: [4] },
  data: { source: "synthetic", train: { count: 50 } },
  training: { batchSize: 10 },
});

/** 3 columns, 2 rows: the second cell infinite, the third NaN though measured, the last not measured. */
export const sampleSurface: Surface = {
  values: {
    columns: 3,
    rows: 2,
    alpha: Float64Array.of(-1, 0, 1),
    beta: Float64Array.of(-0.5, 0.5),
    loss: Float64Array.of(2.5, Number.POSITIVE_INFINITY, Number.NaN, 0.1, 1 / 3, Number.NaN),
    lossError: Float64Array.of(0.25, Number.NaN, Number.NaN, 0.01, 1e-20, Number.NaN),
    accuracy: Float64Array.of(0.1, 0.1, 0, 1, 0.98, Number.NaN),
    measured: Uint8Array.of(1, 1, 1, 1, 1, 0),
  },
  report: {
    spec: sampleSpec,
    request: {
      x: "random:1",
      y: "random:2",
      normalization: "filter",
      biases: "ignore",
      orthogonalize: false,
      batchNorm: "frozen",
      subset: "train",
      alpha: { min: -1, max: 1, count: 3 },
      beta: { min: -0.5, max: 0.5, count: 2 },
    },
    examples: 50,
    microBatches: [32, 18],
    cosine: 0.001,
    directionNorms: [3.5, 3.25],
    backend: "reference",
    status: "cancelled",
    evaluations: 5,
    elapsedMs: 12.5,
  },
};

export const sampleLine: Surface = {
  values: {
    columns: 3,
    rows: 1,
    alpha: Float64Array.of(-1, 0, 1),
    beta: Float64Array.of(0),
    loss: Float64Array.of(3, 1, 2),
    lossError: Float64Array.of(0.3, 0.1, 0.2),
    accuracy: Float64Array.of(0, 1, 0.5),
    measured: Uint8Array.of(1, 1, 1),
  },
  report: {
    ...sampleSurface.report,
    request: { ...sampleSurface.report.request, y: null },
    cosine: null,
    directionNorms: [3.5],
    status: "complete",
  },
};

export const sampleEpochs: readonly EpochMetrics[] = [
  {
    epoch: 1,
    step: 5,
    learningRate: 0.05,
    trainLoss: 2.25,
    trainAccuracy: 0.2,
    testLoss: 2.5,
    testAccuracy: 0.1,
    elapsedMs: 100.5,
  },
  {
    epoch: 2,
    step: 10,
    learningRate: 1e-7,
    trainLoss: Number.NaN,
    trainAccuracy: 0,
    testLoss: Number.POSITIVE_INFINITY,
    testAccuracy: 1 / 3,
    elapsedMs: 200,
  },
];
