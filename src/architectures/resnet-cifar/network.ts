/**
 * ResNet for CIFAR (He et al. 2015, section 4.2): a convolution, three stages of basic blocks at one, two and four times its
 * channels, the mean over what is left of the image, and a dense layer.
 */
import { relu } from "../../models/layers/activation.ts";
import { globalMean } from "../../models/layers/global-mean.ts";
import { linear } from "../../models/layers/linear.ts";
import type { ModelFunction, Scope } from "../../models/scope.ts";
import type { Value } from "../../tensor/program.ts";
import { basicBlock, normalizedConvolution, stages } from "../residual/blocks.ts";
import { scaleChannels } from "../scale-channels.ts";
import type { ResnetCifarSpec } from "./spec.ts";

export const resnetCifar =
  (spec: ResnetCifarSpec): ModelFunction =>
  (scope: Scope, images: Value): Value => {
    const channels = scaleChannels(16, spec.width);
    const blocks = (spec.depth - 2) / 6;
    const stem = relu(scope, normalizedConvolution(spec, scope, "1", images, channels));
    const plan = [1, 2, 4].map((factor) => ({ blocks, channels: factor * channels }));
    const features = stages(spec, scope, stem, basicBlock, plan);
    return linear(scope.within("linear"), globalMean(scope, features), spec.classes);
  };
