/**
 * The measurements that stream parts, in the order of the page. Their settings, their keys in links, their stores, commands
 * and announcements follow from this list; how they are drawn is in `src/app/spectrum/measurements`.
 */
import { density } from "./density.ts";
import { layers } from "./layers.ts";
import type { StreamedMeasurement } from "./measurement.ts";
import { sharpness } from "./sharpness.ts";
import { subsets } from "./subsets.ts";
import { trace } from "./trace.ts";

export const streamedMeasurements = { density, trace, layers, subsets, sharpness };

type Streamed = typeof streamedMeasurements;

/** An id is the name of the job too, and of the result that is kept. */
export type StreamedName = keyof Streamed;

export type PartOf<Name extends StreamedName> =
  Streamed[Name] extends StreamedMeasurement<Name, infer Part, infer _Own> ? Part : never;
export type OwnSettings<Name extends StreamedName> =
  Streamed[Name] extends StreamedMeasurement<Name, infer _Part, infer Own> ? Own : never;

export const streamedNames = Object.keys(streamedMeasurements) as readonly StreamedName[];

export const measurementOf = <Name extends StreamedName>(
  name: Name,
): StreamedMeasurement<Name, PartOf<Name>, OwnSettings<Name>> =>
  streamedMeasurements[name] as unknown as StreamedMeasurement<Name, PartOf<Name>, OwnSettings<Name>>;
