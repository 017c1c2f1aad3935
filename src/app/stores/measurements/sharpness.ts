/** Measures of flatness by finite perturbations; its parts are estimates as they stand after every draw or gradient. */
import { z } from "zod";
import {
  isAverage,
  type SharpnessKind,
  sharpnessKinds,
  usualDraws,
  usualMeasure,
  usualSteps,
} from "../../../experiment/sharpness.ts";
import { numberField, type UrlField } from "../../../experiment/url/url-field.ts";
import type { SharpnessProgress } from "../../../jobs/sharpness-jobs.ts";
import type { StreamedMeasurement } from "./measurement.ts";

const radius = z.number().min(1e-4).max(10);
const radii = z
  .strictObject({
    "adaptive-average": radius.default(usualMeasure("adaptive-average").radius),
    "filter-average": radius.default(usualMeasure("filter-average").radius),
    "adaptive-worst": radius.default(usualMeasure("adaptive-worst").radius),
    "plain-worst": radius.default(usualMeasure("plain-worst").radius),
  })
  .prefault({});

const schema = z
  .strictObject({
    kinds: z
      .array(z.enum(sharpnessKinds))
      .min(1)
      .max(sharpnessKinds.length)
      .default([...sharpnessKinds]),
    radii,
    /** Draws of every average. */
    draws: z.int().min(1).max(10_000).default(usualDraws),
    /** Gradients of every worst case. */
    steps: z.int().min(1).max(1000).default(usualSteps),
  })
  .prefault({});

export const kindNames: Readonly<Record<SharpnessKind, string>> = {
  "adaptive-average": "adaptive average",
  "filter-average": "filter average",
  "adaptive-worst": "adaptive worst case",
  "plain-worst": "plain worst case",
};

export type SharpnessView = z.infer<typeof schema>;

/** Kinds joined by commas. */
const kindsField: UrlField = {
  key: "sharpness",
  paths: ["sharpness.kinds"],
  format: ([value]) => (value as readonly string[]).join(","),
  parse: (text) => [text.split(",")],
};

export const sharpness: StreamedMeasurement<"sharpness", SharpnessProgress, SharpnessView> = {
  label: "Measure the sharpness",
  name: "Sharpness",
  panel: {
    title: "Sharpness",
    labels: ({ kinds }) => [
      ...kinds.map((kind) => `ρ, ${kindNames[kind]}`),
      "Draws of an average",
      "Steps of a worst case",
    ],
  },
  schema,
  fields: [
    kindsField,
    numberField("adaptiveAverageRadius", "sharpness.radii.adaptive-average"),
    numberField("filterAverageRadius", "sharpness.radii.filter-average"),
    numberField("adaptiveWorstRadius", "sharpness.radii.adaptive-worst"),
    numberField("plainWorstRadius", "sharpness.radii.plain-worst"),
    numberField("sharpnessDraws", "sharpness.draws"),
    numberField("sharpnessSteps", "sharpness.steps"),
  ],
  params: (own, { subset, batchNorm, seed }) => ({
    request: { subset, batchNorm, measures: sharpnessMeasures(own), seed },
  }),
  partOf: (event) => event,
  partsOf: ({ figures }) => figures.map((estimate, measure) => ({ kind: "progress", measure, estimate })),
};

/** Each kind once, in the order of their list. */
export const sharpnessMeasures = ({ kinds, radii: chosen, draws, steps }: SharpnessView) =>
  sharpnessKinds
    .filter((kind) => kinds.includes(kind))
    .map((kind) => ({ kind, radius: chosen[kind], count: isAverage(kind) ? draws : steps }));
