/** Every measurement that is kept with a run. Storage, run folders and their documents follow from this list. */
import { convexity } from "./convexity.ts";
import { density } from "./density.ts";
import type { KeptMeasurement } from "./kept-measurement.ts";
import { layers } from "./layers.ts";
import { sharpness } from "./sharpness.ts";
import { spectrum } from "./spectrum.ts";
import { subsets } from "./subsets.ts";
import { trace } from "./trace.ts";

export const keptMeasurements = { spectrum, density, trace, layers, subsets, convexity, sharpness };

type KeptMeasurements = typeof keptMeasurements;

/** A measurement's id: its job, its slot of the browser's storage, and its file in a run's folder. */
export type ResultName = keyof KeptMeasurements;

export type RunResults = {
  readonly [Name in ResultName]: KeptMeasurements[Name] extends KeptMeasurement<infer Result> ? Result : never;
};

export const resultNames = Object.keys(keptMeasurements) as readonly ResultName[];
