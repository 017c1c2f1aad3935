/**
 * The experiment specification: one JSON document, shared by the page, its URL and the command line, from which a run
 * can be repeated exactly. Every field has a range; unknown fields are refused.
 */
import { z } from "zod";

const count = (max: number) => z.int().min(1).max(max);
const seed = z.int().min(0).max(4_294_967_295);

const imageModel = { classes: count(1000).default(10) };

export const vggSchema = z.strictObject({
  name: z.enum(["vgg11"]),
  /** Multiplies every layer's channels. */
  width: z.number().min(0.125).max(2).default(1),
  batchNorm: z.boolean().default(true),
  ...imageModel,
});

export const mlpSchema = z.strictObject({
  name: z.enum(["mlp"]),
  hidden: z.array(count(8192)).max(16).default([256, 256]),
  activation: z.enum(["relu", "tanh"]).default("relu"),
  ...imageModel,
});

export const modelSchema = z.discriminatedUnion("name", [vggSchema, mlpSchema]);

export const subsetSchema = z.strictObject({
  /** Absent: all examples there are. */
  count: count(60_000).optional(),
  select: z.enum(["first", "random", "balanced"]).default("first"),
  seed: seed.default(0),
});

export const dataSchema = z.strictObject({
  source: z.enum(["synthetic", "cifar10"]),
  /** A .bin file or a folder of them; command line only (the page keeps its own copy). */
  path: z.string().min(1).optional(),
  train: subsetSchema.default({ count: 1000, select: "balanced", seed: 0 }),
  test: subsetSchema.default({ count: 500, select: "first", seed: 0 }),
  /** Random crops from a 4-pixel zero border and horizontal flips, in training only. */
  augment: z.boolean().default(false),
});

export const initSchema = z.strictObject({
  scheme: z.enum(["gaussian", "he-normal", "xavier-normal", "orthogonal"]).default("he-normal"),
  /** Standard deviation of the gaussian scheme. */
  std: z.number().gt(0).max(10).optional(),
  seed: seed.default(1),
});

export const trainingSchema = z.strictObject({
  optimizer: z.enum(["sgd", "adam"]).default("sgd"),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(false),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().gt(0).max(1).default(1e-8),
  learningRate: z.number().gt(0).max(100).default(0.05),
  weightDecay: z.number().min(0).max(1).default(5e-4),
  batchSize: count(8192).default(128),
  epochs: z.int().min(0).max(10_000).default(20),
  schedule: z.enum(["constant", "step", "cosine"]).default("cosine"),
  /** Epochs of linear warm-up before the schedule starts. */
  warmupEpochs: z.number().min(0).max(1000).default(0),
  /** The step schedule multiplies the rate by `stepFactor` after each of these fractions of training. */
  stepAt: z.array(z.number().gt(0).lt(1)).max(10).default([0.5, 0.75]),
  stepFactor: z.number().gt(0).lt(1).default(0.1),
  seed: seed.default(2),
});

export const specSchema = z.strictObject({
  model: modelSchema,
  data: dataSchema,
  init: initSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

export type ModelSpec = z.infer<typeof modelSchema>;
export type SubsetSpec = z.infer<typeof subsetSchema>;
export type DataSpec = z.infer<typeof dataSchema>;
export type InitSpec = z.infer<typeof initSchema>;
export type TrainingSpec = z.infer<typeof trainingSchema>;
export type Spec = z.infer<typeof specSchema>;
