/**
 * VGG for 32 × 32 images (Simonyan & Zisserman 2015), configurations A, B, D and E, and VGG-9 (Li et al. 2018): the specification's part, and its words.
 * The form that knew VGG11 alone is still read.
 */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { batchNorm, batchNormWords, classes } from "../common-fields.ts";

const depths = [9, 11, 13, 16, 19] as const;

const ofEveryDepth = {
  width: z.number().min(0.125).max(2).default(1).describe("Multiplies every layer's channels."),
  batchNorm,
  classes,
};

const schema = z.strictObject({
  name: z.enum(["vgg"]),
  depth: z.literal(depths).default(11).describe("Layers with weights."),
  ...ofEveryDepth,
});

export type VggSpec = z.infer<typeof schema>;

/** `{"name":"vgg11",…}`, as it was written before there were other depths. */
const vgg11 = z
  .strictObject({ name: z.enum(["vgg11"]), ...ofEveryDepth })
  .describe('"vgg11" is a former name of "vgg" with a depth of 11. Give the name "vgg" to choose the depth.')
  .transform(({ name: _name, ...rest }): VggSpec => ({ name: "vgg", depth: 11, ...rest }));

const label = ({ depth, batchNorm: hasBatchNorm }: VggSpec) => `VGG${depth}${hasBatchNorm ? "-BN" : ""}`;

const small: VggSpec = { name: "vgg", depth: 11, width: 1 / 8, batchNorm: true, classes: 10 };

export const vgg = {
  name: "vgg",
  family: "VGG for 32 × 32",
  schema,
  formerSchemas: [vgg11],
  fields: {
    depth: { label: "Depth", word: "depth", sweep: "11, 16" },
    width: { label: "Width multiplier", word: "width", step: 0.125, sweep: "0.125, 0.25" },
    batchNorm: batchNormWords,
  },
  start: { width: 0.25 },
  parameterExample: "features.*.weight",
  checks: [{ ...small, batchNorm: false }, small],
  title: (spec) => `${label(spec)}${spec.width === 1 ? "" : `, width ×${spec.width}`}`,
  label,
  hasRunningStatistics: (spec) => spec.batchNorm,
} satisfies Architecture<VggSpec>;
