/** ResNet for CIFAR with Fixup initialisation in place of BatchNorm (Zhang, Dauphin & Ma 2019): the specification's part, and its words. */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { classes } from "../common-fields.ts";
import { residualDepths } from "../residual-fields.ts";

const schema = z.strictObject({
  name: z.enum(["fixup-resnet"]),
  depth: z.literal(residualDepths).default(20).describe("Layers with weights, 6n + 2."),
  width: z.number().min(0.25).max(8).default(1).describe("Multiplies every layer's channels."),
  classes,
});

export type FixupResnetSpec = z.infer<typeof schema>;

const label = ({ depth }: FixupResnetSpec) => `Fixup ResNet-${depth}`;

export const fixupResnet = {
  name: "fixup-resnet",
  family: "ResNet with Fixup",
  schema,
  formerSchemas: [],
  fields: {
    depth: { label: "Depth", word: "depth", sweep: "20, 56" },
    width: { label: "Width multiplier", word: "width", step: 0.25, sweep: "1, 2" },
  },
  start: { width: 0.5 },
  parameterExample: "layer3.*.weight",
  checks: [{ name: "fixup-resnet", depth: 8, width: 0.25, classes: 10 }],
  title: (spec) => `${label(spec)}${spec.width === 1 ? "" : `, width ×${spec.width}`}`,
  label,
  hasRunningStatistics: () => false,
} satisfies Architecture<FixupResnetSpec>;
