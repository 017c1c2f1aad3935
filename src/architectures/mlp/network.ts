/**
 * A multilayer perceptron on flattened images. Its PyTorch twin is `layers = nn.Sequential(Linear, activation, …, Linear)`
 * applied to `images.flatten(1)`, hence the names `layers.0.weight`, `layers.2.weight`, …
 */
import { activation } from "../../models/layers/activation.ts";
import { linear } from "../../models/layers/linear.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import type { MlpSpec } from "./spec.ts";

export const mlp =
  (spec: MlpSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const layers = scope.within("layers");
    const hidden = spec.hidden.reduce(
      (x, units, i) => activation(scope, linear(layers.within(String(2 * i)), x, units), spec.activation),
      images,
    );
    return linear(layers.within(String(2 * spec.hidden.length)), hidden, spec.classes);
  };
