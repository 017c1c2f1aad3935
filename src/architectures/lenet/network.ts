/**
 * LeNet-5 (LeCun et al. 1998) as it is usual today: two convolutions of 5 × 5 with pooling after each, and three dense layers.
 * Names are those of the common PyTorch versions.
 */
import { activation } from "../../models/layers/activation.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { linear } from "../../models/layers/linear.ts";
import { pool } from "../../models/layers/pool.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import type { LenetSpec } from "./spec.ts";

/** Side of the images that the network was made for; smaller ones lie in zeros. */
const side = 32;

export const lenet =
  (spec: LenetSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const [, height, width] = images.type.shape;
    const padding = Math.max(0, Math.ceil((side - Math.min(height, width)) / 2));
    const stage = (name: string, x: Value, channels: number, zeros: number) => {
      const y = convolution(scope.within(name), x, channels, { size: 5, padding: zeros });
      return pool(scope, activation(scope, y, spec.activation), spec.pooling);
    };
    const dense = (name: string, x: Value, units: number) =>
      activation(scope, linear(scope.within(name), x, units), spec.activation);
    const features = stage("conv2", stage("conv1", images, 6, padding), 16, 0);
    return linear(scope.within("fc3"), dense("fc2", dense("fc1", features, 120), 84), spec.classes);
  };
