/** What is asked for on the Spectrum page, its keys in a link, and the jobs' parameters that follow from it. */
import { z } from "zod";
import { numberRange } from "../../../experiment/number-range.ts";
import type { Rule } from "../../../experiment/strict-parse.ts";
import { tableOf } from "../../../experiment/table-of.ts";
import type { UrlSection } from "../../../experiment/url/url-codec.ts";
import { booleanField, numberField, textField, type UrlField } from "../../../experiment/url/url-field.ts";
import type { JobParams } from "../../../jobs/jobs.ts";
import {
  type MeasurementSettings,
  type StreamedName,
  streamedMeasurements,
  streamedNames,
} from "../measurements/list.ts";
import { type MatrixView, matrixShape } from "../measurements/matrix.ts";
import type { AtWeights } from "../measurements/measurement.ts";

/** The matrix, and under its id what each of the measurements is asked for. */
export type SpectrumView = MatrixView & MeasurementSettings;

type Schemas = { readonly [Name in StreamedName]: z.ZodType<MeasurementSettings[Name]> };

export const spectrumSettingsSchema: z.ZodType<SpectrumView> = z.strictObject({
  ...matrixShape,
  ...tableOf<Schemas>(streamedNames, (name) => streamedMeasurements[name].schema),
});

/** The numbers that one of the settings may be: `density.probes`. */
export const spectrumRange = (path: string) => numberRange(spectrumSettingsSchema, path);

export const defaultSpectrumView: SpectrumView = spectrumSettingsSchema.parse({});

/** Globs joined by commas. */
const parametersField: UrlField = {
  key: "parameters",
  paths: ["parameters"],
  format: ([value]) => (value as readonly string[]).join(","),
  parse: (text) => [text.split(",")],
};

/** A measurement's rules, on its part of the view. */
function rulesOf<Name extends StreamedName>(name: Name): readonly Rule<SpectrumView>[] {
  const { rules = [] } = streamedMeasurements[name];
  return rules.map(({ fields: [first, ...rest], check }) => ({
    fields: [`${name}.${first}`, ...rest.map((field) => `${name}.${field}`)],
    check: (view) => check(view[name]),
  }));
}

export const spectrumSection: UrlSection<SpectrumView> = {
  schema: spectrumSettingsSchema,
  rules: streamedNames.flatMap((name) => rulesOf(name)),
  start: {},
  choices: [],
  fields: [
    textField("operator", "operator"),
    textField("curvatureSubset", "subset"),
    textField("curvatureStatistics", "batchNorm"),
    parametersField,
    booleanField("filterScaled", "filterScaled"),
    numberField("curvatureSeed", "seed"),
    numberField("tolerance", "tolerance"),
    numberField("products", "maxProducts"),
    numberField("memory", "memoryMegabytes"),
    ...streamedNames.flatMap((name) => streamedMeasurements[name].fields),
  ],
};

/** What a measurement's job is asked for. `examples`: how many the chosen set has. */
export const measurementParams = <Name extends StreamedName>(
  name: Name,
  view: SpectrumView,
  examples: number,
): AtWeights<JobParams<Name>> => streamedMeasurements[name].params(view[name], view, examples);
