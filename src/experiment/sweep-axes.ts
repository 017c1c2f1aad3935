/** What a sweep can vary: where in a specification the values go, what they may be, and how the axis is called. */
import { z } from "zod";
import type { FieldWords } from "../architectures/architecture.ts";
import { initSchema, schemeTitles } from "../architectures/initialization.ts";
import { type FieldValue, fieldsOf, type SharedField, sharedFields } from "../architectures/model-fields.ts";
import type { ModelFieldName, ModelName, ModelSpec } from "../architectures/specs.ts";
import { type ValueKind, valueKindOf } from "../architectures/value-kind.ts";
import { trainingSchema } from "./spec.ts";

export type AxisValue = FieldValue;
type FixedAxisName = "scheme" | "std" | "optimizer" | "learningRate" | "batchSize" | "orderSeed" | "seed";
export type AxisName = FixedAxisName | ModelFieldName;

export interface SweepAxis {
  readonly name: AxisName;
  readonly section: "model" | "init" | "training";
  readonly field: string;
  /** The schema of one value. */
  readonly schema: z.ZodType<AxisValue>;
  readonly kind: ValueKind;
  readonly words: FieldWords<AxisValue>;
  /** What the published schema says of the axis. */
  readonly description: string;
}

/** The value says by itself what it is. */
const bare = { say: String };

const init = initSchema.shape;
const training = trainingSchema.shape;

const before: readonly SweepAxis[] = [
  fixed("scheme", "init.scheme", init.scheme.unwrap(), "Initialisation schemes: init.scheme.", {
    label: "Initial weights",
    word: "scheme",
    sweep: "gaussian, he-normal",
    choices: { ...schemeTitles, gaussian: "Gaussian" },
    ...bare,
  }),
  fixed("std", "init.std", init.std.unwrap(), "σ of the gaussian scheme: init.std.", {
    label: "Gaussian σ",
    word: "σ",
    sweep: "0.02, 0.05, 0.1",
  }),
  fixed("optimizer", "training.optimizer", training.optimizer.unwrap(), "training.optimizer.", {
    label: "Optimiser",
    word: "optimiser",
    sweep: "sgd, adam",
    choices: { sgd: "SGD", adam: "Adam" },
    ...bare,
  }),
  fixed("learningRate", "training.learningRate", training.learningRate.unwrap(), "training.learningRate.", {
    label: "Learning rate",
    word: "rate",
    sweep: "0.01, 0.03, 0.1",
  }),
  fixed("batchSize", "training.batchSize", training.batchSize.unwrap(), "training.batchSize.", {
    label: "Batch size",
    word: "batch",
    sweep: "20, 100",
  }),
];

const after: readonly SweepAxis[] = [
  fixed("orderSeed", "training.seed", training.seed.unwrap(), "Order and augmentation of the images: training.seed.", {
    label: "Seed of order",
    word: "order",
    sweep: "1–3",
    hint: "1–3, 7",
  }),
  fixed("seed", "init.seed", init.seed.unwrap(), "Of the initialisation: init.seed.", {
    label: "Seed of weights",
    word: "seed",
    sweep: "1–3",
    hint: "1–3, 7",
  }),
];

/** A field of a family that may be swept, and the families that have it. */
export interface ModelAxis extends SweepAxis {
  readonly name: ModelFieldName;
  readonly owners: readonly ModelName[];
}

/** Axes that only some families have. */
export const modelAxes: readonly ModelAxis[] = sharedFields().flatMap(modelAxis);

/** Axes in the order in which they are gone through: the last changes fastest. */
export const sweepAxes: readonly SweepAxis[] = [...before, ...modelAxes, ...after];

/** Axes of a model's sweeps, in order, each as its own family has it. */
export function axesFor(model: Pick<ModelSpec, "name">): readonly SweepAxis[] {
  const own = fieldsOf(model).flatMap((field) =>
    modelAxis({ name: field.name, owners: [{ model: model.name, field }] }),
  );
  return [...before, ...own, ...after];
}

/** The axis as the model's family has it; as the first family that has it, where the model's has none. */
export function sweepAxis(axis: AxisName, model: Pick<ModelSpec, "name">): SweepAxis {
  const found = [...axesFor(model), ...modelAxes].find(({ name }) => name === axis);
  if (!found) throw new RangeError(`There is no axis ${axis}.`);
  return found;
}

function fixed(
  name: FixedAxisName,
  place: `${"init" | "training"}.${string}`,
  schema: z.ZodType<AxisValue>,
  description: string,
  words: FieldWords<AxisValue>,
): SweepAxis {
  const [section, field] = place.split(".") as ["init" | "training", string];
  return { name, section, field, schema, kind: valueKindOf(schema), words, description };
}

/** Empty where none of the owners lets it be swept. */
function modelAxis({ name, owners }: SharedField): ModelAxis[] {
  const swept = owners.filter(({ field }) => field.words.sweep !== undefined);
  if (swept.length === 0) return [];
  const schemas = new Map(swept.map(({ field: { schema } }) => [JSON.stringify(z.toJSONSchema(schema)), schema]));
  const [first, ...others] = schemas.values();
  const { kind, words } = swept[0].field;
  const names = swept.map(({ model }) => model);
  return [
    {
      name,
      section: "model",
      field: name,
      schema: others.length > 0 ? z.union([first, ...others]) : first,
      kind,
      words,
      description: `Of ${names.join(", ")}: model.${name}.`,
      owners: names,
    },
  ];
}
