/**
 * VGG11 for 32 × 32 images (Simonyan & Zisserman 2015, configuration A) as it is usual for CIFAR: one dense layer on the
 * last 1 × 1 feature map. Modules are numbered as in the common PyTorch version (`features.0`, …, `classifier`), where
 * convolutions have a bias with BatchNorm too.
 */
import type { Value } from "../tensor/program.ts";
import { relu } from "./layers/activation.ts";
import { batchNorm } from "./layers/batch-norm.ts";
import { convolution } from "./layers/conv2d.ts";
import { linear } from "./layers/linear.ts";
import { maxPool } from "./layers/max-pool.ts";
import type { ModelFunction, Scope } from "./scope.ts";

export interface VggSpec {
  readonly name: "vgg11";
  /** Multiplies the channels of every layer, rounded to a multiple of four. */
  readonly width: number;
  readonly batchNorm: boolean;
  readonly classes: number;
}

const configuration = [64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool"] as const;

const scaleChannels = (channels: number, width: number): number => Math.max(4, 4 * Math.round((channels * width) / 4));

export const vgg11 =
  (spec: VggSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const [, height, width] = images.type.shape;
    if (height !== 32 || width !== 32) throw new RangeError(`VGG11 takes images of 32 × 32, not ${height} × ${width}.`);
    const features = scope.within("features");
    let module = 0;
    const next = () => features.within(String(module++));
    let x = images;
    for (const layer of configuration) {
      if (layer === "pool") {
        module++;
        x = maxPool(scope, x);
        continue;
      }
      x = convolution(next(), x, scaleChannels(layer, spec.width));
      if (spec.batchNorm) x = batchNorm(next(), x);
      module++;
      x = relu(scope, x);
    }
    return linear(scope.within("classifier"), x, spec.classes);
  };
