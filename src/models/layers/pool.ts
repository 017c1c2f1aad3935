/** Pooling of disjoint 2 × 2 windows by name: PyTorch's MaxPool2d(2) and AvgPool2d(2). */
import { multiply, windowSum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { maxPool } from "./max-pool.ts";

/** Images [n, h, w, c] → [n, ⌊h/2⌋, ⌊w/2⌋, c], the mean of every window. */
export const averagePool = ({ units }: Scope, images: Value): Value =>
  units.handOn(images, multiply(windowSum(images, { window: [2, 2], strides: [2, 2] }), 1 / 4));

const pools = { max: maxPool, average: averagePool };

/** Images [n, h, w, c] → [n, ⌊h/2⌋, ⌊w/2⌋, c]. */
export const pool = (scope: Scope, images: Value, kind: keyof typeof pools): Value => pools[kind](scope, images);
