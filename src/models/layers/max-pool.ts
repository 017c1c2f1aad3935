/** Max-pooling of disjoint 2 × 2 windows: PyTorch's MaxPool2d(2, 2). Of equal elements the first one passes the gradient. */
import { gatherWindow, poolArgmax } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";

/** Images [n, h, w, c] → [n, ⌊h/2⌋, ⌊w/2⌋, c]. */
export function maxPool({ units }: Scope, images: Value): Value {
  const window = { window: [2, 2], strides: [2, 2] } as const;
  return units.handOn(images, gatherWindow(images, poolArgmax(images, window), window));
}
