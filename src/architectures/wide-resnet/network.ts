/**
 * Wide residual networks (Zagoruyko & Komodakis 2016): three stages of blocks with BatchNorm and ReLU before each convolution.
 * Names are those of the common PyTorch version; as in it, where the shape changes the shortcut reads the activated images.
 */
import { relu } from "../../models/layers/activation.ts";
import { batchNorm } from "../../models/layers/batch-norm.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { globalMean } from "../../models/layers/global-mean.ts";
import { linear } from "../../models/layers/linear.ts";
import { residualSum } from "../../models/layers/residual-sum.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import { scaleChannels } from "../scale-channels.ts";
import type { WideResnetSpec } from "./spec.ts";

const stemChannels = 16;

export const wideResnet =
  (spec: WideResnetSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const blocks = (spec.depth - 4) / 6;
    let x = convolution(scope.within("conv1"), images, stemChannels, { bias: false });
    for (const [stage, factor] of [1, 2, 4].entries()) {
      const layer = scope.within(`block${stage + 1}`).within("layer");
      const channels = scaleChannels(factor * stemChannels, spec.width);
      for (let i = 0; i < blocks; i++) x = block(layer.within(String(i)), x, channels, stage > 0 && i === 0 ? 2 : 1);
    }
    const features = globalMean(scope, relu(scope, batchNorm(scope.within("bn1"), x)));
    return linear(scope.within("fc"), features, spec.classes);
  };

/** Images [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. */
function block(scope: Scope, x: Value, channels: number, stride: number): Value {
  const activated = relu(scope, batchNorm(scope.within("bn1"), x));
  const first = convolution(scope.within("conv1"), activated, channels, { stride, bias: false });
  const second = relu(scope, batchNorm(scope.within("bn2"), first));
  const branch = convolution(scope.within("conv2"), second, channels, { bias: false });
  if (x.type.shape[3] === channels) return residualSum(scope, branch, x);
  const projection = { size: 1, stride, bias: false };
  return residualSum(scope, branch, convolution(scope.within("convShortcut"), activated, channels, projection));
}
