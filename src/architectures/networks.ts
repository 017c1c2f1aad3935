/**
 * The networks of all families, each from its own folder: a new one is one line here and one in `specs.ts`, which holds no
 * tensor code.
 */
import { type ImageShape, type Model, modelOfFunction } from "../models/model.ts";
import type { ModelFunction } from "../models/scope.ts";
import { cnn } from "./cnn/network.ts";
import { densenet } from "./densenet/network.ts";
import { fixupResnet } from "./fixup-resnet/network.ts";
import { lenet } from "./lenet/network.ts";
import { mlp } from "./mlp/network.ts";
import { resnet } from "./resnet/network.ts";
import { resnetCifar } from "./resnet-cifar/network.ts";
import type { ModelName, ModelSpec } from "./specs.ts";
import { vgg } from "./vgg/network.ts";
import { wideResnet } from "./wide-resnet/network.ts";

const networks = {
  vgg,
  "resnet-cifar": resnetCifar,
  resnet,
  "wide-resnet": wideResnet,
  densenet,
  "fixup-resnet": fixupResnet,
  lenet,
  cnn,
  mlp,
} satisfies { readonly [Name in ModelName]: (spec: Extract<ModelSpec, { name: Name }>) => ModelFunction };

/** Throws RangeError when the model cannot take such images. */
export function createModel(spec: ModelSpec, image: ImageShape): Model {
  const network = networks[spec.name] as (spec: ModelSpec) => ModelFunction;
  return modelOfFunction(network(spec), spec, image);
}
