/**
 * ResNet for CIFAR without BatchNorm, which trains since its branches begin at zero (Zhang, Dauphin & Ma 2019): scalar biases
 * and factors, and weights that every scheme of initialisation draws scaled. Names are those of the authors' code.
 */
import { relu } from "../../models/layers/activation.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { globalMean } from "../../models/layers/global-mean.ts";
import { linear } from "../../models/layers/linear.ts";
import { residualSum } from "../../models/layers/residual-sum.ts";
import { addScalar, scaleByScalar } from "../../models/layers/scalar.ts";
import { zeroPadShortcut } from "../../models/layers/zero-pad-shortcut.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import { scaleChannels } from "../scale-channels.ts";
import type { FixupResnetSpec } from "./spec.ts";

export const fixupResnet =
  (spec: FixupResnetSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const channels = scaleChannels(16, spec.width);
    const blocks = (spec.depth - 2) / 6;
    /** Branches of m convolutions are scaled by L^(−1/(2m − 2)), m being 2. */
    const initialScale = 1 / Math.sqrt(3 * blocks);
    let x = relu(
      scope,
      addScalar(scope, "bias1", convolution(scope.within("conv1"), images, channels, { bias: false })),
    );
    for (const [stage, factor] of [1, 2, 4].entries()) {
      const layer = scope.within(`layer${stage + 1}`);
      for (let i = 0; i < blocks; i++) {
        const stride = stage > 0 && i === 0 ? 2 : 1;
        x = block(layer.within(String(i)), x, factor * channels, { stride, initialScale });
      }
    }
    const features = addScalar(scope, "bias2", globalMean(scope, x));
    return linear(scope.within("fc"), features, spec.classes, { initialScale: 0 });
  };

interface BlockOptions {
  readonly stride: number;
  /** What the first convolution's draws are multiplied by. */
  readonly initialScale: number;
}

/** Images [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. */
function block(scope: Scope, x: Value, channels: number, { stride, initialScale }: BlockOptions): Value {
  const shifted = addScalar(scope, "bias1a", x);
  const first = convolution(scope.within("conv1"), shifted, channels, { stride, bias: false, initialScale });
  const second = addScalar(scope, "bias2a", relu(scope, addScalar(scope, "bias1b", first)));
  const last = convolution(scope.within("conv2"), second, channels, { bias: false, initialScale: 0 });
  const branch = addScalar(scope, "bias2b", scaleByScalar(scope, "scale", last));
  const shortcut = stride === 1 ? x : zeroPadShortcut(scope, shifted, channels, stride, "after");
  return relu(scope, residualSum(scope, branch, shortcut));
}
