/**
 * ResNet-18, 34 and 50 (He et al. 2015) as they are usual for CIFAR: a stem of 3 × 3 without pooling, four stages, the mean
 * over what is left of the image, and a dense layer.
 */
import { relu } from "../../models/layers/activation.ts";
import { globalMean } from "../../models/layers/global-mean.ts";
import { linear } from "../../models/layers/linear.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import {
  type Block,
  basicBlock,
  bottleneckBlock,
  bottleneckExpansion,
  normalizedConvolution,
  stages,
} from "../residual/blocks.ts";
import { scaleChannels } from "../scale-channels.ts";
import type { ResnetSpec } from "./spec.ts";

interface Configuration {
  readonly block: Block;
  /** Channels of a stage's result for one of its 3 × 3 convolutions. */
  readonly expansion: number;
  readonly blocks: readonly number[];
}

const configurations: Readonly<Record<ResnetSpec["depth"], Configuration>> = {
  18: { block: basicBlock, expansion: 1, blocks: [2, 2, 2, 2] },
  34: { block: basicBlock, expansion: 1, blocks: [3, 4, 6, 3] },
  50: { block: bottleneckBlock, expansion: bottleneckExpansion, blocks: [3, 4, 6, 3] },
};

export const resnet =
  (spec: ResnetSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const channels = scaleChannels(64, spec.width);
    const { block, expansion, blocks } = configurations[spec.depth];
    const stem = relu(scope, normalizedConvolution(spec, scope, "1", images, channels));
    const plan = blocks.map((count, stage) => ({ blocks: count, channels: expansion * 2 ** stage * channels }));
    const features = stages(spec, scope, stem, block, plan);
    return linear(scope.within("linear"), globalMean(scope, features), spec.classes);
  };
