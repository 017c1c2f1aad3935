/**
 * Residual blocks (He et al. 2015) under the names of the common PyTorch versions; with the shortcuts `none` and `zero-pad`
 * there are the same tensors.
 */
import { relu } from "../../models/layers/activation.ts";
import { batchNorm } from "../../models/layers/batch-norm.ts";
import { convolution } from "../../models/layers/conv2d.ts";
import { residualSum } from "../../models/layers/residual-sum.ts";
import { zeroPadShortcut } from "../../models/layers/zero-pad-shortcut.ts";
import type { Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import type { Shortcut } from "../residual-fields.ts";

export interface BlockOptions {
  readonly shortcut: Shortcut;
  readonly batchNorm: boolean;
}

/** Images [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. */
export type Block = (options: BlockOptions, scope: Scope, x: Value, channels: number, stride: number) => Value;

/** Two convolutions of 3 × 3. */
export const basicBlock: Block = (options, scope, x, channels, stride) => {
  const first = relu(scope, normalizedConvolution(options, scope, "1", x, channels, { stride }));
  const branch = normalizedConvolution(options, scope, "2", first, channels);
  return addShortcut(options, scope, x, branch, stride);
};

/** Channels of a bottleneck's result for one of its middle. */
export const bottleneckExpansion = 4;

/** Convolutions of 1 × 1, 3 × 3 and 1 × 1, the last to four times the channels of the others. */
export const bottleneckBlock: Block = (options, scope, x, channels, stride) => {
  const inner = channels / bottleneckExpansion;
  const first = relu(scope, normalizedConvolution(options, scope, "1", x, inner, { size: 1 }));
  const second = relu(scope, normalizedConvolution(options, scope, "2", first, inner, { stride }));
  const branch = normalizedConvolution(options, scope, "3", second, channels, { size: 1 });
  return addShortcut(options, scope, x, branch, stride);
};

/** The convolution and BatchNorm called `conv<number>` and `bn<number>`. */
export function normalizedConvolution(
  { batchNorm: hasBatchNorm }: BlockOptions,
  scope: Scope,
  number: string,
  x: Value,
  channels: number,
  options: { readonly size?: number; readonly stride?: number } = {},
): Value {
  const y = convolution(scope.within(`conv${number}`), x, channels, { ...options, bias: false });
  return hasBatchNorm ? batchNorm(scope.within(`bn${number}`), y) : y;
}

function addShortcut(options: BlockOptions, scope: Scope, x: Value, branch: Value, stride: number): Value {
  if (options.shortcut === "none") return relu(scope, branch);
  const channels = branch.type.shape[3];
  const keepsShape = stride === 1 && x.type.shape[3] === channels;
  return relu(scope, residualSum(scope, branch, keepsShape ? x : reshaped(options, scope, x, channels, stride)));
}

/** Images [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. */
function reshaped(options: BlockOptions, scope: Scope, x: Value, channels: number, stride: number): Value {
  if (options.shortcut === "zero-pad") return zeroPadShortcut(scope, x, channels, stride);
  const shortcut = scope.within("shortcut");
  const projected = convolution(shortcut.within("0"), x, channels, { size: 1, stride, bias: false });
  return options.batchNorm ? batchNorm(shortcut.within("1"), projected) : projected;
}

/** `layer1`, `layer2`, …: a number of blocks each, the first of which takes the stride. */
export function stages(
  options: BlockOptions,
  scope: Scope,
  x: Value,
  block: Block,
  plan: readonly { readonly blocks: number; readonly channels: number }[],
): Value {
  return plan.reduce((images, { blocks, channels }, stage) => {
    const layer = scope.within(`layer${stage + 1}`);
    let y = images;
    for (let i = 0; i < blocks; i++) {
      y = block(options, layer.within(String(i)), y, channels, stage > 0 && i === 0 ? 2 : 1);
    }
    return y;
  }, x);
}
