/** A run with all that can be kept of it. */
import type { RunContent } from "../../src/experiment/run-folder.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import { tensorNames } from "../../src/jobs/exchange-run.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { sampleEpochs, sampleSurface } from "./samples.ts";
import { sampleResults } from "./storage/sample-results.ts";
import { sampleRecord } from "./storage/sample-run.ts";

/** A flat vector of the model's parameters with a number of its own at every place that counts. */
function vectorOf(spec: Spec, scale: number): Float32Array {
  const { layout } = modelOf(spec);
  const names = tensorNames(spec);
  const tensors = names.tensors(new Float32Array(layout.length));
  return names.vector(
    tensors.map((tensor) => ({ ...tensor, data: tensor.data.map((_, index) => scale * Math.sin(index + 1)) })),
  );
}

/** Everything that may be kept of a run, for files: awkward names and numbers in it. */
export function contentOf(spec: Spec): RunContent {
  const { stateLayout } = modelOf(spec);
  const state = Float32Array.from({ length: stateLayout.length }, () => 0.5);
  const moments = spec.training.optimizer === "adam" ? [0.1, 0.01] : [0.1];
  const report = { ...sampleResults.spectrum.report, spec };
  return {
    record: {
      ...sampleRecord,
      spec,
      name: "Über σ, “quoted”",
      colour: "teal",
      note: "# Why\n\nTwo\r\nlines, ÄÖ 中文\n",
      tags: ["seeds", "σ 0.1"],
      status: "complete",
    },
    checkpoint: {
      spec,
      step: 10,
      weights: { theta: vectorOf(spec, 1), state },
      moments: moments.map((scale) => vectorOf(spec, scale)),
      epochs: sampleEpochs,
      batchLosses: Float32Array.of(2.5, Number.NaN, Number.POSITIVE_INFINITY),
    },
    surface: { ...sampleSurface, step: 10 },
    results: {
      spectrum: {
        step: 10,
        result: {
          ...sampleResults.spectrum,
          vectors: [vectorOf(spec, 2), vectorOf(spec, -3)],
          report,
        },
      },
      density: { step: 10, result: sampleResults.density },
      trace: { step: 5, result: sampleResults.trace },
      layers: { step: 10, result: sampleResults.layers },
      subsets: { step: 10, result: sampleResults.subsets },
    },
    trajectory: [0, 5, 1_000_000].map((step) => ({ step, weights: { theta: vectorOf(spec, 1 + step), state } })),
  };
}
