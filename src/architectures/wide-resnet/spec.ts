/** Wide residual networks (Zagoruyko & Komodakis 2016): the specification's part, and its words. */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { classes } from "../common-fields.ts";

/** 6n + 4: a convolution, three stages of n blocks of two, and, as the authors count, three shortcuts of 1 × 1. */
const depths = Array.from({ length: 16 }, (_, n) => 6 * (n + 1) + 4);

const schema = z.strictObject({
  name: z.enum(["wide-resnet"]),
  depth: z.literal(depths).default(16).describe("Layers with weights as the authors count them, 6n + 4."),
  width: z.number().min(0.25).max(12).default(4).describe("Multiplies the channels of every stage, not the stem's."),
  classes,
});

export type WideResnetSpec = z.infer<typeof schema>;

const title = ({ depth, width }: WideResnetSpec) => `WRN-${depth}-${width}`;

export const wideResnet = {
  name: "wide-resnet",
  family: "Wide ResNet",
  schema,
  formerSchemas: [],
  fields: {
    depth: { label: "Depth", word: "depth", sweep: "16, 28" },
    width: { label: "Widening factor", word: "width", sweep: "1, 2, 4" },
  },
  start: { width: 1 },
  parameterExample: "block3.*.weight",
  checks: [],
  title,
  label: title,
  hasRunningStatistics: () => true,
} satisfies Architecture<WideResnetSpec>;
