/**
 * The families of networks, each from its own folder, and the `model` of an experiment specification made of them. A new
 * family is one line here and one in `networks.ts`. Nothing outside `src/architectures` compares a family's name.
 */
import { z } from "zod";
import type { Architecture } from "./architecture.ts";
import { cnn } from "./cnn/spec.ts";
import { densenet } from "./densenet/spec.ts";
import { fixupResnet } from "./fixup-resnet/spec.ts";
import { lenet } from "./lenet/spec.ts";
import { mlp } from "./mlp/spec.ts";
import { resnet } from "./resnet/spec.ts";
import { resnetCifar } from "./resnet-cifar/spec.ts";
import { vgg } from "./vgg/spec.ts";
import { wideResnet } from "./wide-resnet/spec.ts";

const list = [vgg, resnetCifar, resnet, wideResnet, densenet, fixupResnet, lenet, cnn, mlp] as const;

/** Today's form of every family, and the forms that are only read. */
const schemas = list.flatMap(({ schema, formerSchemas }) => [
  schema,
  ...formerSchemas.map((former) => former.meta({ deprecated: true })),
]);

export const modelSchema = z.discriminatedUnion("name", schemas as [(typeof schemas)[number]]);

export type ModelSpec = z.output<typeof modelSchema>;
export type ModelName = ModelSpec["name"];

/** Fields that some family has of its own: `width`, `hidden`. */
export type ModelFieldName = ModelSpec extends infer Spec
  ? Spec extends ModelSpec
    ? Exclude<keyof Spec, "name" | "classes">
    : never
  : never;

/** Every architecture, in the order in which they are offered. */
export const architectures: readonly Architecture<ModelSpec>[] = list;

export function architectureOf({ name }: Pick<ModelSpec, "name">): Architecture<ModelSpec> {
  const found = architectures.find((architecture) => architecture.name === name);
  if (!found) throw new RangeError(`There is no architecture ${JSON.stringify(name)}.`);
  return found;
}

/** What a specification that names no model stands for. */
export const defaultModel: ModelSpec = vgg.schema.parse({ name: vgg.name });

/** "VGG11-BN, width ×0.25". */
export const modelTitle = (model: ModelSpec): string => architectureOf(model).title(model);

/** "VGG11-BN". */
export const modelLabel = (model: ModelSpec): string => architectureOf(model).label(model);

/** Whether the model has BatchNorm's running statistics. */
export const hasRunningStatistics = (model: ModelSpec): boolean => architectureOf(model).hasRunningStatistics(model);
