/**
 * A convolution, PyTorch's Conv2d(in, out, k, stride, padding, bias). With the padding that it has unless told, k//2, the
 * result has ⌈size/stride⌉ rows and columns.
 */
import { add, broadcast, conv2d } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

export interface ConvolutionOptions {
  /** Rows and columns of the filters, odd; 3 where absent. */
  readonly size?: number;
  /** Rows and columns of zeros on each side; (size − 1)/2 where absent. */
  readonly padding?: number;
  /** Stride in both directions; 1 where absent. */
  readonly stride?: number;
  /** What initial draws of the filters are multiplied by, whatever the scheme; absent: 1. */
  readonly initialScale?: number;
  /** Whether a bias is added to every channel; one is where absent. */
  readonly bias?: boolean;
}

/** Images [n, h, w, in] → [n, ⌊(h + 2·padding − size)/stride⌋ + 1, likewise w, `channels`]. Throws ShapeError where the filter is larger. */
export function convolution(
  scope: Scope,
  images: Value,
  channels: number,
  { size = 3, padding = (size - 1) / 2, stride = 1, bias: hasBias = true, initialScale }: ConvolutionOptions = {},
): Value {
  const inputChannels = images.type.shape[3];
  const { units } = scope;
  const made = units.make(channels);
  const weight = scope.parameter("weight", {
    role: "weight",
    shape: [size, size, inputChannels, channels],
    torchShape: [channels, inputChannels, size, size],
    torchAxes: [3, 2, 0, 1],
    ...(initialScale !== undefined && { initialScale }),
  });
  units.tag(weight, 2, units.channelsOf(images));
  units.tag(weight, 3, made);
  const border = [padding, padding] as const;
  const y = conv2d(images, weight, { strides: [stride, stride], padding: [border, border] });
  if (!hasBias) return units.tagChannels(y, made);
  const bias = units.tagChannels(scope.parameter("bias", declareVector("bias", channels)), made);
  return units.tagChannels(add(y, broadcast(bias, y.type.shape, [3])), made);
}
