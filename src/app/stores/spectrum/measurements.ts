/** The measurements of curvature beside the eigenpairs, each with a store of its own. */
import type { LayerCurvature, QuadratureRun, SubsetSample } from "../../../experiment/curvature.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import type { KeepResult } from "../keep-result.ts";
import { createMeasurementStore, type MeasurementStore } from "./measurement-store.ts";

export interface SpectrumMeasurements {
  readonly density: MeasurementStore<"density", QuadratureRun>;
  /** Parts are vᵀAv of the probes; there are none of Hutch++. */
  readonly trace: MeasurementStore<"trace", number>;
  readonly layers: MeasurementStore<"layers", LayerCurvature>;
  readonly subsets: MeasurementStore<"subsets", SubsetSample>;
}

export interface MeasurementOptions {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keep: KeepResult;
}

export function createSpectrumMeasurements({ runner, backend, keep }: MeasurementOptions): SpectrumMeasurements {
  return {
    density: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("density", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "probe" ? event.run : null),
      partsOf: ({ runs }) => runs,
      keep: (source, result) => keep(source, "density", result),
    }),
    trace: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("trace", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "probe" ? event.value : null),
      partsOf: () => [],
      keep: (source, result) => keep(source, "trace", result),
    }),
    layers: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("layers", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "layer" ? event.layer : null),
      partsOf: ({ layers }) => layers,
      keep: (source, result) => keep(source, "layers", result),
    }),
    subsets: createMeasurementStore(runner, {
      start: (at, { spec, weights }, settings) => at.start("subsets", { spec, weights, backend, ...settings }),
      partOf: (event) => (event.kind === "sample" ? event.sample : null),
      partsOf: ({ samples }) => samples,
      keep: (source, result) => keep(source, "subsets", result),
    }),
  };
}
