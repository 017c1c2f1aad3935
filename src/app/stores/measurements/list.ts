/**
 * The measurements that stream parts, in the order of the page. Their settings, their keys in links, their stores, commands
 * and announcements follow from this list; how they are drawn is in `src/app/spectrum/measurements`.
 */
import { density } from "./density.ts";
import { layers } from "./layers.ts";
import type { StreamedMeasurement } from "./measurement.ts";
import { sharpness } from "./sharpness.ts";
import { spectrum } from "./spectrum.ts";
import { subsets } from "./subsets.ts";
import { trace } from "./trace.ts";

const records = { spectrum, density, trace, layers, subsets, sharpness };

type Records = typeof records;

/** An id is the name of the job too, and of the result that is kept. */
export type StreamedName = keyof Records;

type PartsOf<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends StreamedMeasurement<infer _Name, infer Part, infer _Own> ? Part : never;
};
type SettingsOf<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends StreamedMeasurement<infer _Name, infer _Part, infer Own> ? Own : never;
};
interface Parts extends PartsOf<Records> {}
/** Settings of each measurement under its id. */
export interface MeasurementSettings extends SettingsOf<Records> {}

export type PartOf<Name extends StreamedName> = Parts[Name];
export type OwnSettings<Name extends StreamedName> = MeasurementSettings[Name];

/** The records by name. Indexed by a name that is not known yet, they still are of that name's part and settings. */
export const streamedMeasurements: {
  readonly [Name in StreamedName]: StreamedMeasurement<Name, PartOf<Name>, OwnSettings<Name>>;
} = records;

export const streamedNames = Object.keys(records) as readonly StreamedName[];
