/** A convolution with a bias, stride 1, padded to keep the image's size: PyTorch's Conv2d(in, out, k, padding=k//2). */
import { add, broadcast, conv2d } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

/** Images [n, h, w, in] → [n, h, w, `channels`] by filters of an odd `size`. */
export function convolution(scope: Scope, images: Value, channels: number, size = 3): Value {
  const inputChannels = images.type.shape[3];
  const weight = scope.parameter("weight", {
    role: "weight",
    shape: [size, size, inputChannels, channels],
    torchShape: [channels, inputChannels, size, size],
    torchAxes: [3, 2, 0, 1],
  });
  const bias = scope.parameter("bias", declareVector("bias", channels));
  const border = [(size - 1) / 2, (size - 1) / 2] as const;
  const y = conv2d(images, weight, { strides: [1, 1], padding: [border, border] });
  return add(y, broadcast(bias, y.type.shape, [3]));
}
