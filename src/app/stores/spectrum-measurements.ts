/** The measurements of curvature beside the eigenpairs, each with a store of its own. */
import type { LayerCurvature, QuadratureRun, SubsetSample } from "../../experiment/curvature.ts";
import type { BackendChoice, JobRunner } from "../../jobs/jobs.ts";
import { createMeasurementStore, type MeasurementStore } from "./spectrum-measurement-store.ts";

export interface SpectrumMeasurements {
  readonly density: MeasurementStore<"density", QuadratureRun>;
  /** Parts are vᵀAv of the probes; there are none of Hutch++. */
  readonly trace: MeasurementStore<"trace", number>;
  readonly layers: MeasurementStore<"layers", LayerCurvature>;
  readonly subsets: MeasurementStore<"subsets", SubsetSample>;
}

export function createSpectrumMeasurements(runner: () => JobRunner, backend: BackendChoice): SpectrumMeasurements {
  return {
    density: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("density", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "probe" ? event.run : null),
    }),
    trace: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("trace", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "probe" ? event.value : null),
    }),
    layers: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("layers", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "layer" ? event.layer : null),
    }),
    subsets: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("subsets", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "sample" ? event.sample : null),
    }),
  };
}
