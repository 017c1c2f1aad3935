/**
 * Convolution, activation, pooling, twice, and a dense layer (Cohen et al. 2021). Its PyTorch twin is one Sequential of
 * Conv2d, activation, pooling, Conv2d, activation, pooling, Flatten, Linear, hence the names `0.weight`, `3.weight`, `7.weight`.
 */
import { activation } from "../../models/layers/activation.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { linear } from "../../models/layers/linear.ts";
import { pool } from "../../models/layers/pool.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import type { CnnSpec } from "./spec.ts";

export const cnn =
  (spec: CnnSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const stage = (module: number, x: Value) => {
      const y = convolution(scope.within(String(module)), x, spec.channels);
      return pool(scope, activation(scope, y, spec.activation), spec.pooling);
    };
    return linear(scope.within("7"), stage(3, stage(0, images)), spec.classes);
  };
