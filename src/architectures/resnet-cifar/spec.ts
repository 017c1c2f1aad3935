/** ResNet for CIFAR (He et al. 2015, section 4.2): the specification's part, and its words. */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { batchNorm, classes } from "../common-fields.ts";
import { residualDepths, residualLabel, residualTitle, residualWords, shortcut } from "../residual-fields.ts";

const schema = z.strictObject({
  name: z.enum(["resnet-cifar"]),
  depth: z.literal(residualDepths).default(20).describe("Layers with weights, 6n + 2."),
  shortcut,
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

export const resnetCifar = {
  name: "resnet-cifar",
  family: "ResNet for CIFAR",
  schema,
  formerSchemas: [],
  fields: { depth: { label: "Depth", word: "depth", sweep: "20, 56" }, ...residualWords },
  start: { width: 0.5 },
  parameterExample: "layer3.*.weight",
  checks: [small, { ...small, shortcut: "zero-pad", batchNorm: false }],
  title: (spec) => residualTitle(residualLabel(spec), spec),
  label: (spec) => residualLabel(spec),
  hasRunningStatistics: (spec) => spec.batchNorm,
} satisfies Architecture<ResnetCifarSpec>;
