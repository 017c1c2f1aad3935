/**
 * DenseNet with bottlenecks and compression (Huang et al. 2017) as it is usual for CIFAR: a stem of 3 × 3 without pooling.
 * Names, and the order in which features stand, the newest first, are those of the common PyTorch version.
 */
import { relu } from "../../models/layers/activation.ts";
import { batchNorm } from "../../models/layers/batch-norm.ts";
import { concatChannels } from "../../models/layers/concat-channels.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { globalMean } from "../../models/layers/global-mean.ts";
import { linear } from "../../models/layers/linear.ts";
import { averagePool } from "../../models/layers/pool.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import type { DensenetSpec } from "./spec.ts";

/** Channels of a layer's 1 × 1 convolution for each that the layer adds. */
const bottleneck = 4;

export const densenet =
  ({ growth, blocks, classes }: DensenetSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    let x = convolution(scope.within("conv1"), images, 2 * growth, { bias: false });
    for (const [i, layers] of blocks.entries()) {
      if (i > 0) x = transition(scope.within(`trans${i}`), x);
      const block = scope.within(`dense${i + 1}`);
      for (let k = 0; k < layers; k++) x = denseLayer(block.within(String(k)), x, growth);
    }
    const features = globalMean(scope, relu(scope, batchNorm(scope.within("bn"), x)));
    return linear(scope.within("linear"), features, classes);
  };

/** Images [n, h, w, c] → [n, h, w, `growth` + c]. */
function denseLayer(scope: Scope, x: Value, growth: number): Value {
  const narrowed = convolution(
    scope.within("conv1"),
    relu(scope, batchNorm(scope.within("bn1"), x)),
    bottleneck * growth,
    {
      size: 1,
      bias: false,
    },
  );
  const added = convolution(scope.within("conv2"), relu(scope, batchNorm(scope.within("bn2"), narrowed)), growth, {
    bias: false,
  });
  return concatChannels(scope, added, x);
}

/** Images [n, h, w, c] → [n, ⌊h/2⌋, ⌊w/2⌋, ⌊c/2⌋]. */
function transition(scope: Scope, x: Value): Value {
  const channels = Math.floor(x.type.shape[3] / 2);
  const activated = relu(scope, batchNorm(scope.within("bn"), x));
  return averagePool(scope, convolution(scope.within("conv"), activated, channels, { size: 1, bias: false }));
}
