/** What is asked for on the Spectrum page, its keys in a link, and the jobs' parameters that follow from it. */
import { z } from "zod";
import { numberRange } from "../../../experiment/number-range.ts";
import type { UrlSection } from "../../../experiment/url/url-codec.ts";
import { booleanField, numberField, textField, type UrlField } from "../../../experiment/url/url-field.ts";
import type { SpectrumParams } from "../../../jobs/curvature-jobs.ts";
import type { JobParams } from "../../../jobs/jobs.ts";
import {
  measurementOf,
  type OwnSettings,
  type StreamedName,
  streamedMeasurements,
  streamedNames,
} from "../measurements/list.ts";
import { curvatureRequest, type MatrixView, matrixShape, solverOf } from "../measurements/matrix.ts";
import type { AtWeights } from "../measurements/measurement.ts";

const pairs = z.int().min(0).max(200);

/** The matrix and its eigenpairs, and under its id what each of the other measurements is asked for. */
export type SpectrumView = MatrixView & {
  readonly top: number;
  readonly bottom: number;
} & { readonly [Name in StreamedName]: OwnSettings<Name> };

export const spectrumSettingsSchema: z.ZodType<SpectrumView> = z.strictObject({
  ...matrixShape,
  top: pairs.default(10),
  bottom: pairs.default(2),
  ...Object.fromEntries(streamedNames.map((name) => [name, streamedMeasurements[name].schema])),
}) as unknown as z.ZodType<SpectrumView>;

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

export const spectrumSection: UrlSection<SpectrumView> = {
  schema: spectrumSettingsSchema,
  rules: [
    {
      fields: ["top", "bottom"],
      check: ({ top, bottom }) => (top + bottom > 0 ? null : "Give at least 1 for one of top and bottom."),
    },
  ],
  start: {},
  choices: [],
  fields: [
    textField("operator", "operator"),
    textField("curvatureSubset", "subset"),
    textField("curvatureStatistics", "batchNorm"),
    parametersField,
    booleanField("filterScaled", "filterScaled"),
    numberField("curvatureSeed", "seed"),
    numberField("top", "top"),
    numberField("bottom", "bottom"),
    numberField("tolerance", "tolerance"),
    numberField("products", "maxProducts"),
    numberField("memory", "memoryMegabytes"),
    ...streamedNames.flatMap((name) => streamedMeasurements[name].fields),
  ],
};

export type SpectrumSettings = AtWeights<SpectrumParams>;

export const spectrumSettings = (view: SpectrumView): SpectrumSettings => ({
  request: curvatureRequest(view),
  top: view.top,
  bottom: view.bottom,
  ...solverOf(view),
});

/** What a measurement's job is asked for. `examples`: how many the chosen set has. */
export const measurementParams = <Name extends StreamedName>(
  name: Name,
  view: SpectrumView,
  examples: number,
): AtWeights<JobParams<Name>> => measurementOf(name).params(view[name] as OwnSettings<Name>, view, examples);
