/**
 * ResNet for CIFAR (He et al. 2015, section 4.2): a convolution, three stages of basic blocks at one, two and four times its
 * channels, the mean over what is left of the image, and a dense layer. Names are those of the common PyTorch versions; with
 * `none` and with `zero-pad` there are the same tensors.
 */
import { relu } from "../../models/layers/activation.ts";
import { batchNorm } from "../../models/layers/batch-norm.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { globalMean } from "../../models/layers/global-mean.ts";
import { linear } from "../../models/layers/linear.ts";
import { residualSum } from "../../models/layers/residual-sum.ts";
import { zeroPadShortcut } from "../../models/layers/zero-pad-shortcut.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import { scaleChannels } from "../scale-channels.ts";
import type { ResnetCifarSpec } from "./spec.ts";

export const resnetCifar =
  (spec: ResnetCifarSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const channels = scaleChannels(16, spec.width);
    const blocks = (spec.depth - 2) / 6;
    const stem = convolution(scope.within("conv1"), images, channels, { bias: false });
    let x = relu(scope, normalize(spec, scope.within("bn1"), stem));
    for (const [stage, factor] of [1, 2, 4].entries()) {
      const layer = scope.within(`layer${stage + 1}`);
      for (let i = 0; i < blocks; i++) {
        x = block(spec, layer.within(String(i)), x, factor * channels, stage > 0 && i === 0 ? 2 : 1);
      }
    }
    return linear(scope.within("linear"), globalMean(scope, x), spec.classes);
  };

function block(spec: ResnetCifarSpec, scope: Scope, x: Value, channels: number, stride: number): Value {
  const widened = convolution(scope.within("conv1"), x, channels, { stride, bias: false });
  const first = relu(scope, normalize(spec, scope.within("bn1"), widened));
  const second = convolution(scope.within("conv2"), first, channels, { bias: false });
  const branch = normalize(spec, scope.within("bn2"), second);
  if (spec.shortcut === "none") return relu(scope, branch);
  const keepsShape = stride === 1 && x.type.shape[3] === channels;
  return relu(scope, residualSum(scope, branch, keepsShape ? x : reshapedShortcut(spec, scope, x, channels, stride)));
}

/** Images [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. */
function reshapedShortcut(spec: ResnetCifarSpec, scope: Scope, x: Value, channels: number, stride: number): Value {
  if (spec.shortcut === "zero-pad") return zeroPadShortcut(scope, x, channels, stride);
  const shortcut = scope.within("shortcut");
  const projected = convolution(shortcut.within("0"), x, channels, { size: 1, stride, bias: false });
  return normalize(spec, shortcut.within("1"), projected);
}

const normalize = (spec: ResnetCifarSpec, scope: Scope, x: Value): Value => (spec.batchNorm ? batchNorm(scope, x) : x);
