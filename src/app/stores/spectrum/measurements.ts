/** A store for each measurement that streams parts. */
import type { RunResults } from "../../../experiment/measurements/list.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobParams, JobRunner } from "../../../jobs/jobs.ts";
import type { KeepResult } from "../keep-result.ts";
import { measurementOf, type PartOf, type StreamedName, streamedNames } from "../measurements/list.ts";
import { createMeasurementStore, type MeasurementStore } from "./measurement-store.ts";

export type SpectrumMeasurements = { readonly [Name in StreamedName]: MeasurementStore<Name, PartOf<Name>> };

export interface MeasurementOptions {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keep: KeepResult;
}

export function createSpectrumMeasurements(options: MeasurementOptions): SpectrumMeasurements {
  const entries = streamedNames.map((name) => [name, storeOf(name, options)]);
  return Object.fromEntries(entries) as SpectrumMeasurements;
}

function storeOf<Name extends StreamedName>(name: Name, { runner, backend, keep }: MeasurementOptions) {
  const { partOf, partsOf } = measurementOf(name);
  return createMeasurementStore<Name, PartOf<Name>>(runner, {
    start: (at, { spec, weights }, settings) =>
      at.start(name, { spec, weights, backend, ...settings } as unknown as JobParams<Name>),
    partOf,
    partsOf,
    keep: (source, result) => keep(source, name, result as unknown as RunResults[Name]),
  });
}
