/** What curvature is asked for on the page, its keys in a link, and the jobs' parameters that follow from it. */
import { z } from "zod";
import {
  type CurvatureRequest,
  curvatureBatchNormModes,
  curvatureKinds,
  traceMethods,
} from "../../../experiment/curvature.ts";
import { numberRange } from "../../../experiment/number-range.ts";
import { surfaceSubsets } from "../../../experiment/surface.ts";
import { maxSeed } from "../../../experiment/surface-texts.ts";
import type { UrlSection } from "../../../experiment/url/url-codec.ts";
import {
  booleanField,
  numberField,
  numberListField,
  textField,
  type UrlField,
} from "../../../experiment/url/url-field.ts";
import type {
  CurvatureParams,
  DensityParams,
  LayersParams,
  SpectrumParams,
  SubsetsParams,
  TraceParams,
} from "../../../jobs/curvature-jobs.ts";

const pairs = z.int().min(0).max(200);

export const spectrumSettingsSchema = z.strictObject({
  operator: z.enum(curvatureKinds).default("hessian"),
  subset: z.enum(surfaceSubsets).default("train"),
  batchNorm: z.enum(curvatureBatchNormModes).default("frozen"),
  /** Names of tensors, `*` standing for any text. */
  parameters: z.array(z.string().min(1).max(200)).min(1).max(40).default(["*"]),
  filterScaled: z.boolean().default(false),
  seed: z.int().min(0).max(maxSeed).default(0),
  top: pairs.default(10),
  bottom: pairs.default(2),
  /** Of residuals, over the largest |λ|. */
  tolerance: z.number().min(1e-7).max(0.5).default(1e-3),
  maxProducts: z.int().min(1).max(100_000).default(400),
  memoryMegabytes: z.number().min(1).max(65_536).default(1024),
  density: z
    .strictObject({ probes: z.int().min(1).max(1000).default(10), steps: z.int().min(2).max(1000).default(60) })
    .prefault({}),
  trace: z
    .strictObject({
      method: z.enum(traceMethods).default("hutchinson"),
      products: z.int().min(3).max(10_000).default(30),
    })
    .prefault({}),
  layers: z
    .strictObject({ top: z.int().min(1).max(20).default(1), probes: z.int().min(2).max(1000).default(10) })
    .prefault({}),
  subsets: z
    .strictObject({
      top: z.int().min(1).max(50).default(5),
      /** Sizes of mini-batches; none stands for parts of the whole set. */
      sizes: z.array(z.int().min(1).max(1_000_000)).max(12).default([]),
      draws: z.int().min(1).max(100).default(5),
      /** Draws with replacement of as many examples as the whole set has. */
      resampled: z.int().min(0).max(100).default(5),
    })
    .prefault({}),
});

/** The numbers that one of the settings may be: `density.probes`. */
export const spectrumRange = (path: string) => numberRange(spectrumSettingsSchema, path);

export type SpectrumView = z.infer<typeof spectrumSettingsSchema>;

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
    numberField("densityProbes", "density.probes"),
    numberField("densitySteps", "density.steps"),
    textField("trace", "trace.method"),
    numberField("traceProducts", "trace.products"),
    numberField("layerTop", "layers.top"),
    numberField("layerProbes", "layers.probes"),
    numberField("subsetTop", "subsets.top"),
    numberListField("subsetSizes", "subsets.sizes"),
    numberField("subsetDraws", "subsets.draws"),
    numberField("resampled", "subsets.resampled"),
  ],
};

/** A job's parameters but for what it is measured at and on. */
export type AtWeights<Params extends CurvatureParams> = Omit<Params, "spec" | "weights" | "backend">;
export type SpectrumSettings = AtWeights<SpectrumParams>;

export function curvatureRequest(view: SpectrumView): CurvatureRequest {
  const { operator, subset, batchNorm, parameters, filterScaled, seed } = view;
  return { operator, subset, batchNorm, parameters, filterScaled, seed };
}

const solver = ({ tolerance, maxProducts, memoryMegabytes }: SpectrumView) => ({
  tolerance,
  maxProducts,
  memoryBytes: memoryMegabytes * 1e6,
});

export const spectrumSettings = (view: SpectrumView): SpectrumSettings => ({
  request: curvatureRequest(view),
  top: view.top,
  bottom: view.bottom,
  ...solver(view),
});

export const densitySettings = (view: SpectrumView): AtWeights<DensityParams> => ({
  request: curvatureRequest(view),
  ...view.density,
});

export const traceSettings = (view: SpectrumView): AtWeights<TraceParams> => ({
  request: curvatureRequest(view),
  method: view.trace.method,
  probes: view.trace.products,
});

export const layersSettings = (view: SpectrumView): AtWeights<LayersParams> => ({
  request: curvatureRequest(view),
  ...view.layers,
  ...solver(view),
});

/** `examples`: how many the chosen set has. */
export const subsetsSettings = (view: SpectrumView, examples: number): AtWeights<SubsetsParams> => {
  const { top, draws, resampled } = view.subsets;
  return {
    request: curvatureRequest(view),
    top,
    ...solver(view),
    batchSizes: subsetSizes(view, examples),
    draws,
    resampled: resampled > 0 ? { size: examples, draws: resampled } : null,
  };
};

/** Ascending and without repetition: the sizes chosen, or a sixteenth to a half of the set. */
export function subsetSizes({ subsets }: SpectrumView, examples: number): readonly number[] {
  const parts = [16, 8, 4, 2].map((part) => Math.round(examples / part)).filter((size) => size > 0);
  const sizes = subsets.sizes.length > 0 ? subsets.sizes : parts;
  return [...new Set(sizes)].sort((a, b) => a - b);
}
