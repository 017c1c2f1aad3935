/**
 * The experiment specification: one JSON document, shared by the page, its URL and the command line, from which a run
 * can be repeated exactly. Every field has a range; unknown fields are refused. Here are the fields, and nothing that
 * joins two of them: outside input goes through `parseSpec` (`parse-spec.ts`), which adds the rules of `spec-rules.ts`
 * and says in words what is wrong. The descriptions are published in public/schema/spec.json.
 */
import { z } from "zod";
import { count, seed } from "../architectures/common-fields.ts";
import { initSchema } from "../architectures/initialization.ts";
import { modelSchema } from "../architectures/specs.ts";
import type { DataSetFacts } from "../data/sets/data-set.ts";
import { dataSetFacts } from "../data/sets/facts.ts";
import { isRecord } from "./expectation.ts";
import { recordingSchema } from "./recording.ts";

/** Images in the largest data set, both splits. */
const mostImages = Math.max(...dataSetFacts.map(({ counts }) => counts.train + counts.test));

export const subsetSchema = z.strictObject({
  count: count(mostImages).optional().describe("Absent: all examples there are."),
  select: z
    .enum(["first", "random", "balanced"])
    .default("first")
    .describe("The first ones, a random draw, or a draw with every class equally often."),
  seed: seed.default(0).describe("Of the random and balanced draws."),
});

const dataSchemaFor = <Id extends string>(sets: readonly DataSetFacts<Id>[]) =>
  z.strictObject({
    source: z.enum(sets.map(({ id }) => id)),
    path: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe("A file of the data set or a folder of them; command line only (the page keeps its own copy)."),
    train: subsetSchema.default({ count: 1000, select: "balanced", seed: 0 }),
    test: subsetSchema.default({ count: 500, select: "first", seed: 0 }),
    augment: z
      .boolean()
      .default(false)
      .describe("Random crops from a 4-pixel zero border and horizontal flips, in training only."),
  });

export const trainingSchema = z.strictObject({
  optimizer: z.enum(["sgd", "adam"]).default("sgd"),
  momentum: z.number().min(0).lt(1).default(0.9).describe("Of sgd."),
  nesterov: z.boolean().default(false).describe("Of sgd; needs a momentum above 0."),
  beta1: z.number().min(0).lt(1).default(0.9).describe("Of adam."),
  beta2: z.number().min(0).lt(1).default(0.999).describe("Of adam."),
  epsilon: z.number().gt(0).max(1).default(1e-8).describe("Of adam."),
  learningRate: z.number().gt(0).max(100).default(0.05),
  weightDecay: z.number().min(0).max(1).default(5e-4),
  batchSize: count(8192).default(128).describe("At most the training subset."),
  epochs: z.int().min(0).max(10_000).default(20),
  schedule: z.enum(["constant", "step", "cosine"]).default("cosine"),
  warmupEpochs: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe("Epochs of linear warm-up before the schedule starts; at most `epochs`."),
  stepAt: z
    .array(z.number().gt(0).lt(1))
    .max(10)
    .default([0.5, 0.75])
    .describe(
      "The step schedule multiplies the rate by `stepFactor` after each of these fractions of training, ascending.",
    ),
  stepFactor: z.number().gt(0).lt(1).default(0.1),
  seed: seed.default(2).describe("Of the shuffling and the augmentation."),
});

export const dataSchema = dataSchemaFor(dataSetFacts);

/** A specification whose data is one of `sets`. */
export const specSchemaFor = <Id extends string>(sets: readonly DataSetFacts<Id>[]) =>
  z.preprocess(
    (input) => withClasses(input, sets),
    z
      .strictObject({
        model: modelSchema,
        data: dataSchemaFor(sets),
        init: initSchema.prefault({}),
        training: trainingSchema.prefault({}),
        recording: recordingSchema
          .optional()
          .describe(
            "Points of the training's path to keep, step 0 and the last among them; absent: none. Changes nothing of it.",
          ),
        loss: z
          .enum(["cross-entropy", "mse"])
          .optional()
          .describe(
            "What is minimised; mse is half the squared error against one-hot labels, summed over classes. Absent: cross-entropy.",
          ),
        labelSmoothing: z
          .number()
          .min(0)
          .lt(1)
          .optional()
          .describe("How much of each label's weight goes evenly to all classes. Absent: none."),
      })
      .overwrite(withoutUsualLoss),
  );

/** The usual loss is told by its absence, as before there were others. */
function withoutUsualLoss<Fields extends { loss?: string | undefined; labelSmoothing?: number | undefined }>({
  loss,
  labelSmoothing,
  ...rest
}: Fields): Fields {
  return {
    ...rest,
    ...(loss !== undefined && loss !== "cross-entropy" && { loss }),
    ...(labelSmoothing !== undefined && labelSmoothing > 0 && { labelSmoothing }),
  } as Fields;
}

/** A model that leaves its classes out has those of the data, where that is one of `sets`. */
function withClasses(input: unknown, sets: readonly DataSetFacts[]): unknown {
  if (!isRecord(input) || !isRecord(input.model) || !isRecord(input.data)) return input;
  const { source } = input.data;
  const facts = sets.find(({ id }) => id === source);
  if (!facts || input.model.classes !== undefined) return input;
  return { ...input, model: { ...input.model, classes: facts.classNames.length } };
}

export const specSchema = specSchemaFor(dataSetFacts);

export type SubsetSpec = z.infer<typeof subsetSchema>;
export type DataSpec = Spec["data"];
export type TrainingSpec = z.infer<typeof trainingSchema>;
export type Spec = z.infer<typeof specSchema>;
export type LossName = NonNullable<Spec["loss"]>;

export const lossNameOf = ({ loss }: Pick<Spec, "loss">): LossName => loss ?? "cross-entropy";
