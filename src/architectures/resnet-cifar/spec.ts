/** ResNet for CIFAR (He et al. 2015, section 4.2): the specification's part, and its words. */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { batchNorm, batchNormWords, classes } from "../common-fields.ts";

/** 6n + 2: a convolution, three stages of n blocks of two, and a dense layer. */
const depths = Array.from({ length: 18 }, (_, n) => 6 * (n + 1) + 2);

const schema = z.strictObject({
  name: z.enum(["resnet-cifar"]),
  depth: z.literal(depths).default(20).describe("Layers with weights, 6n + 2."),
  shortcut: z
    .enum(["projection", "zero-pad", "none"])
    .default("projection")
    .describe("What is added to a block's result where the shape changes; with none nothing is added to any block's."),
  width: z.number().min(0.25).max(8).default(1).describe("Multiplies every layer's channels."),
  batchNorm,
  classes,
});

export type ResnetCifarSpec = z.infer<typeof schema>;

const small: ResnetCifarSpec = {
  name: "resnet-cifar",
  depth: 8,
  shortcut: "projection",
  width: 0.25,
  batchNorm: true,
  classes: 10,
};

const shortcutWords: Readonly<Record<ResnetCifarSpec["shortcut"], string>> = {
  projection: "projected shortcuts",
  "zero-pad": "zero-padded shortcuts",
  none: "no shortcuts",
};

const label = ({ depth, shortcut }: ResnetCifarSpec) =>
  `ResNet-${depth}${shortcut === "none" ? " without shortcuts" : ""}`;

const title = (spec: ResnetCifarSpec) =>
  [
    label(spec),
    ...(spec.shortcut === "zero-pad" ? [shortcutWords[spec.shortcut]] : []),
    ...(spec.batchNorm ? [] : ["no BatchNorm"]),
    ...(spec.width === 1 ? [] : [`width ×${spec.width}`]),
  ].join(", ");

export const resnetCifar = {
  name: "resnet-cifar",
  family: "ResNet for CIFAR",
  schema,
  formerSchemas: [],
  fields: {
    depth: { label: "Depth", word: "depth", sweep: "20, 56" },
    shortcut: {
      label: "Shortcuts",
      word: "shortcuts",
      choices: { projection: "Projection", "zero-pad": "Zero-padded", none: "None" },
      sweep: "projection, none",
      say: (shortcut) => shortcutWords[shortcut],
    },
    width: { label: "Width multiplier", word: "width", step: 0.25, sweep: "1, 2" },
    batchNorm: batchNormWords,
  },
  start: { width: 0.5 },
  parameterExample: "layer3.*.weight",
  checks: [small, { ...small, shortcut: "zero-pad", batchNorm: false }],
  title,
  label,
  hasRunningStatistics: (spec) => spec.batchNorm,
} satisfies Architecture<ResnetCifarSpec>;
