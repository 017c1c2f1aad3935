/** A store for each measurement that streams parts. */
import type { RunResults } from "../../../experiment/measurements/list.ts";
import { tableOf } from "../../../experiment/table-of.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobParams, JobResult, JobRunner } from "../../../jobs/jobs.ts";
import type { KeepResult } from "../keep-result.ts";
import { type PartOf, type StreamedName, streamedMeasurements, streamedNames } from "../measurements/list.ts";
import type { AtWeights } from "../measurements/measurement.ts";
import type { SurfaceSource } from "../surface-source.ts";
import { createMeasurementStore, type MeasurementStore } from "./measurement-store.ts";

export type SpectrumMeasurements = { readonly [Name in StreamedName]: MeasurementStore<Name, PartOf<Name>> };
/** The store of eigenpairs, which surfaces ask too. */
export type SpectrumStore = SpectrumMeasurements["spectrum"];

export interface MeasurementOptions {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  /** Results are not kept without. */
  readonly keep?: KeepResult;
}

export const createSpectrumMeasurements = (options: MeasurementOptions): SpectrumMeasurements =>
  tableOf<SpectrumMeasurements>(streamedNames, (name) => createMeasurement(name, options));

export function createMeasurement<Name extends StreamedName>(
  name: Name,
  { runner, backend, keep }: MeasurementOptions,
): MeasurementStore<Name, PartOf<Name>> {
  const { partOf, partsOf, hasAllParts } = streamedMeasurements[name];
  return createMeasurementStore<Name, PartOf<Name>>(runner, {
    start: (at, source, settings) => at.start(name, paramsAt<Name>(source, backend, settings)),
    partOf,
    partsOf,
    hasAllParts,
    keep: keep && ((source, result) => keep(source, name, keptOf<Name>(result))),
  });
}

/** The parameters whole again. That `Omit` leaves out these three and no more can't be said of a name that is not known. */
const paramsAt = <Name extends StreamedName>(
  { spec, weights }: SurfaceSource,
  backend: BackendChoice,
  settings: AtWeights<JobParams<Name>>,
) => ({ spec, weights, backend, ...settings }) as unknown as JobParams<Name>;

/** Names whose job's result is what is kept, as it is: the compiler refuses a measurement of which it is not so. */
type SameName = { [Name in StreamedName]: JobResult<Name> extends RunResults[Name] ? Name : never }[StreamedName];

const keptOf = <Name extends SameName>(result: JobResult<Name>) => result as unknown as RunResults[Name];
