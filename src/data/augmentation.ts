/**
 * Draws for CIFAR's usual augmentation: a random crop of the image from itself with a border of 4 zero pixels, and a
 * horizontal flip of one in two (He et al. 2016, section 4.2). Draws only: the pixels are moved by the backend.
 */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { openRandomStream } from "./random.ts";

/** Widest shift of a crop, in pixels, to either side. */
export const maxShiftPixels = 4;

/**
 * [count, 3]: (dy, dx, flip) for each example of the batch of step `step` (from 0); dy and dx lie in −4 … 4. The augmented
 * image at (y, x) is the image at (y + dy, x + dx), or at (y + dy, width − 1 − x + dx) when flip is 1, and black outside it.
 */
export function augmentationDraws(count: number, seed: number, step: number): Int32Array {
  const random = openRandomStream("augmentation", seed, step);
  const draws = new Int32Array(count * 3);
  for (let offset = 0; offset < draws.length; offset += 3) {
    draws[offset] = uniformInt(random, -maxShiftPixels, maxShiftPixels);
    draws[offset + 1] = uniformInt(random, -maxShiftPixels, maxShiftPixels);
    draws[offset + 2] = uniformInt(random, 0, 1);
  }
  return draws;
}
