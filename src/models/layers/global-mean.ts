/** The mean of every channel over the whole image: PyTorch's AdaptiveAvgPool2d(1), flattened. */
import { multiply, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";

/** Images [n, h, w, c] → [n, c]. */
export function globalMean({ units }: Scope, images: Value): Value {
  const [, height, width] = images.type.shape;
  return units.handOn(images, multiply(sum(images, [1, 2]), 1 / (height * width)));
}
