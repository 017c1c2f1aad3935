/** Every measurement that is kept with a run. Storage, run folders and their documents follow from this list. */
import { convexity } from "./convexity.ts";
import { density } from "./density.ts";
import type { KeptMeasurement } from "./kept-measurement.ts";
import { layers } from "./layers.ts";
import { sharpness } from "./sharpness.ts";
import { spectrum } from "./spectrum.ts";
import { subsets } from "./subsets.ts";
import { trace } from "./trace.ts";

const records = { spectrum, density, trace, layers, subsets, convexity, sharpness };

/** A measurement's id: its job, its slot of the browser's storage, and its file in a run's folder. */
export type ResultName = keyof typeof records;

type ResultsOf<Records> = {
  readonly [Name in keyof Records]: Records[Name] extends KeptMeasurement<infer Result> ? Result : never;
};

/** Results by name. An interface, so that a result of a name that is not known yet still has what all have. */
export interface RunResults extends ResultsOf<typeof records> {}

/** The records by name. Indexed by a name that is not known yet, they still are of that name's result. */
export const keptMeasurements: { readonly [Name in ResultName]: KeptMeasurement<RunResults[Name]> } = records;

export const resultNames = Object.keys(records) as readonly ResultName[];
