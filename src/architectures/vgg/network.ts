/**
 * VGG for 32 × 32 images (Simonyan & Zisserman 2015, configurations A, B, D, E) as it is usual for CIFAR: one dense layer on the
 * last 1 × 1 feature map; and VGG-9 (Li et al. 2018), which has another one between, on 4 × 4. Modules are numbered as in the common PyTorch version (`features.0`, …, `classifier`), where
 * convolutions have a bias with BatchNorm too.
 */
import { relu } from "../../models/layers/activation.ts";
import { batchNorm } from "../../models/layers/batch-norm.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { linear } from "../../models/layers/linear.ts";
import { maxPool } from "../../models/layers/max-pool.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import { scaleChannels } from "../scale-channels.ts";
import type { VggSpec } from "./spec.ts";

/** Channels of the convolutions before each pooling: VGG-9's, and configurations A, B, D and E. */
const configurations: Readonly<Record<VggSpec["depth"], readonly (readonly number[])[]>> = {
  9: [
    [64, 64],
    [128, 128],
    [256, 256, 256],
  ],
  11: [[64], [128], [256, 256], [512, 512], [512, 512]],
  13: [
    [64, 64],
    [128, 128],
    [256, 256],
    [512, 512],
    [512, 512],
  ],
  16: [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ],
  19: [
    [64, 64],
    [128, 128],
    [256, 256, 256, 256],
    [512, 512, 512, 512],
    [512, 512, 512, 512],
  ],
};

export const vgg =
  (spec: VggSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const [, height, width] = images.type.shape;
    if (height !== 32 || width !== 32) throw new RangeError(`VGG takes images of 32 × 32, not ${height} × ${width}.`);
    const features = scope.within("features");
    let module = 0;
    const next = () => features.within(String(module++));
    let x = images;
    for (const stage of configurations[spec.depth]) {
      for (const channels of stage) {
        x = convolution(next(), x, scaleChannels(channels, spec.width));
        if (spec.batchNorm) x = batchNorm(next(), x);
        module++;
        x = relu(scope, x);
      }
      module++;
      x = maxPool(scope, x);
    }
    if (spec.depth === 9) x = hiddenLayer(spec, scope.within("fc"), x);
    return linear(scope.within("classifier"), x, spec.classes);
  };

/** VGG-9's dense layer, with BatchNorm where the convolutions have it. Images [n, h, w, c] → [n, units]. */
function hiddenLayer(spec: VggSpec, scope: Scope, images: Value): Value {
  const y = linear(scope.within("0"), images, scaleChannels(256, spec.width));
  return relu(scope, spec.batchNorm ? batchNorm(scope.within("1"), y) : y);
}
