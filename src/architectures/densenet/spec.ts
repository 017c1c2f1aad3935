/** DenseNet with bottlenecks and compression (Huang et al. 2017): the specification's part, and its words. */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { classes, count } from "../common-fields.ts";

const usualBlocks = [6, 12, 24, 16];

const schema = z.strictObject({
  name: z.enum(["densenet"]),
  growth: count(64).default(32).describe("Channels that each layer adds; the stem has twice as many."),
  blocks: z
    .array(count(64))
    .min(1)
    .max(5)
    .default(usualBlocks)
    .describe("Layers of each dense block; between blocks channels and sides are halved."),
  classes,
});

export type DensenetSpec = z.infer<typeof schema>;

/** Layers with weights: two for each of a block's, the stem, the transitions, the dense one. */
const depthOf = ({ blocks }: DensenetSpec) => 2 * blocks.reduce((sum, layers) => sum + layers, 0) + blocks.length + 1;

const label = (spec: DensenetSpec) => `DenseNet-${depthOf(spec)}`;

const title = (spec: DensenetSpec) =>
  `${label(spec)}, growth ${spec.growth}${spec.blocks.join() === usualBlocks.join() ? "" : `, blocks ${spec.blocks.join("–")}`}`;

export const densenet = {
  name: "densenet",
  family: "DenseNet",
  schema,
  formerSchemas: [],
  fields: {
    growth: { label: "Growth", word: "growth", sweep: "4, 12" },
    blocks: { label: "Layers of each block", word: "blocks", sweep: "2×2×2, 6×12×24×16", hint: "6×12×24×16, 2×2" },
  },
  start: { growth: 12, blocks: [2, 2, 2] },
  parameterExample: "dense2.*.weight",
  checks: [{ name: "densenet", growth: 4, blocks: [1, 1], classes: 10 }],
  title,
  label,
  hasRunningStatistics: () => true,
} satisfies Architecture<DensenetSpec>;
