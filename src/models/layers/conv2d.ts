/** A convolution whose result has ⌈size/stride⌉ rows and columns: PyTorch's Conv2d(in, out, k, stride, padding=k//2, bias). */
import { add, broadcast, conv2d } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

export interface ConvolutionOptions {
  /** Rows and columns of the filters, odd; 3 where absent. */
  readonly size?: number;
  /** Stride in both directions; 1 where absent. */
  readonly stride?: number;
  /** Whether a bias is added to every channel; one is where absent. */
  readonly bias?: boolean;
}

/** Images [n, h, w, in] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. */
export function convolution(
  scope: Scope,
  images: Value,
  channels: number,
  { size = 3, stride = 1, bias: hasBias = true }: ConvolutionOptions = {},
): Value {
  const inputChannels = images.type.shape[3];
  const { units } = scope;
  const made = units.make(channels);
  const weight = scope.parameter("weight", {
    role: "weight",
    shape: [size, size, inputChannels, channels],
    torchShape: [channels, inputChannels, size, size],
    torchAxes: [3, 2, 0, 1],
  });
  units.tag(weight, 2, units.channelsOf(images));
  units.tag(weight, 3, made);
  const border = [(size - 1) / 2, (size - 1) / 2] as const;
  const y = conv2d(images, weight, { strides: [stride, stride], padding: [border, border] });
  if (!hasBias) return units.tagChannels(y, made);
  const bias = units.tagChannels(scope.parameter("bias", declareVector("bias", channels)), made);
  return units.tagChannels(add(y, broadcast(bias, y.type.shape, [3])), made);
}
