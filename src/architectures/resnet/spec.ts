/** ResNet-18, 34 and 50 (He et al. 2015) for small images: the specification's part, and its words. */
import { z } from "zod";
import type { Architecture } from "../architecture.ts";
import { batchNorm, classes } from "../common-fields.ts";
import { residualLabel, residualTitle, residualWords, shortcut } from "../residual-fields.ts";

const schema = z.strictObject({
  name: z.enum(["resnet"]),
  depth: z.literal([18, 34, 50]).default(18).describe("Layers with weights; 50 has bottlenecks."),
  shortcut,
  width: z.number().min(0.0625).max(4).default(1).describe("Multiplies every layer's channels."),
  batchNorm,
  classes,
});

export type ResnetSpec = z.infer<typeof schema>;

/** ResNet-50 for CIFAR has basic blocks. */
const label = (spec: ResnetSpec) => `${residualLabel(spec)}${spec.depth === 50 ? " of bottlenecks" : ""}`;

export const resnet = {
  name: "resnet",
  family: "ResNet-18, 34, 50",
  schema,
  formerSchemas: [],
  fields: { depth: { label: "Depth", word: "depth", sweep: "18, 34" }, ...residualWords },
  start: { width: 0.25 },
  parameterExample: "layer4.*.weight",
  checks: [],
  title: (spec) => residualTitle(label(spec), spec),
  label,
  hasRunningStatistics: (spec) => spec.batchNorm,
} satisfies Architecture<ResnetSpec>;
