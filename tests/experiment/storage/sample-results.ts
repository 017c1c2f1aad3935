import type { RunResults } from "../../../src/experiment/measurements/list.ts";
import { sampleSpec } from "../samples.ts";

const report: RunResults["spectrum"]["report"] = {
  spec: sampleSpec,
  request: {
    operator: "ggn",
    subset: "train",
    batchNorm: "frozen",
    parameters: ["features.*"],
    filterScaled: true,
    seed: 3,
  },
  dimension: 5,
  examples: 100,
  microBatches: [64, 36],
  flopPerProduct: 1e6,
  backend: "reference",
  elapsedMs: 12.5,
};

const pairs = {
  eigenvalues: Float64Array.of(3.25, 1 / 3),
  residuals: Float64Array.of(1e-9, Number.NaN),
  status: "max-steps",
  products: 17,
} as const;

export const sampleResults: RunResults = {
  spectrum: {
    ...pairs,
    top: 1,
    vectors: [Float32Array.of(1, 0, 0, -0, 0), Float32Array.of(0, 0.5, 0.5, 0.5, 0.5)],
    tolerance: 1e-3,
    history: {
      products: Float64Array.of(4, 9),
      converged: Float64Array.of(0, 1),
      elapsedMs: Float64Array.of(0.5, 1.25),
      pairs: Float64Array.of(1, 2),
      ritzValues: Float64Array.of(3, 3.25, 1 / 3),
      residuals: Float64Array.of(0.1, 1e-9, Number.NaN),
    },
    report,
  },
  density: {
    runs: [{ nodes: Float64Array.of(-1, 2), weights: Float64Array.of(0.25, 0.75) }],
    status: "cancelled",
    products: 2,
    report,
  },
  trace: {
    method: "hutchinson",
    trace: { mean: -2.5, standardError: Number.NaN },
    frobeniusNorm: { mean: 4, standardError: 0.5 },
    probes: 1,
    products: 1,
    status: "complete",
    report,
  },
  layers: {
    layers: [
      {
        ...pairs,
        name: "features.0",
        parameters: ["features.0.weight", "features.0.bias"],
        dimension: 5,
        trace: { mean: 1, standardError: 0.1 },
        frobeniusNorm: { mean: 2, standardError: 0.2 },
      },
    ],
    tolerance: 1e-3,
    status: "complete",
    report,
  },
  convexity: {
    alpha: Float64Array.of(-1, 0, 1),
    beta: Float64Array.of(-0.5, 0.5),
    largest: Float64Array.of(3, 1 / 3, Number.NaN, 2, 1, Number.NaN),
    smallest: Float64Array.of(-1, -0, Number.NaN, 0.5, -1e-20, Number.NaN),
    measured: Uint8Array.of(1, 1, 1, 1, 1, 0),
    tolerance: 0.01,
    unconverged: 1,
    products: 40,
    status: "cancelled",
    plane: { x: "random:1", y: "random:2", normalization: "filter", biases: "ignore", orthogonalize: false },
    report,
  },
  subsets: {
    samples: [{ ...pairs, kind: "full", size: 100, draw: 0, overlap: 1 }],
    top: 2,
    tolerance: 1e-3,
    status: "complete",
    report,
  },
  sharpness: {
    loss: 0.25,
    figures: [
      {
        kind: "adaptive-average",
        radius: 0.1,
        value: 1 / 3,
        standardError: Number.NaN,
        done: 1,
        status: "complete",
      },
      { kind: "adaptive-worst", radius: 0.5, value: -1e-3, standardError: null, done: 10, status: "complete" },
      { kind: "plain-worst", radius: 0.05, value: Number.NaN, standardError: null, done: 2, status: "non-finite" },
    ],
    status: "non-finite",
    report: {
      spec: sampleSpec,
      request: {
        subset: "train",
        batchNorm: "frozen",
        measures: [
          { kind: "adaptive-average", radius: 0.1, count: 1 },
          { kind: "adaptive-worst", radius: 0.5, count: 10 },
          { kind: "plain-worst", radius: 0.05, count: 10 },
        ],
        seed: 3,
      },
      examples: 100,
      microBatches: [64, 36],
      backend: "reference",
      elapsedMs: 12.5,
    },
  },
};
