/**
 * The shortcut without parameters (He et al. 2015, option A): every `stride`-th pixel, and channels of zeros on both sides of
 * the image's own, or after them.
 */
import { pad, reshape, slice } from "../../tensor/primitives/index.ts";
import { ShapeError, type Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { noUnit } from "../units.ts";

/** Images [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, `channels`]. Throws ShapeError unless the zeros part evenly on two sides. */
export function zeroPadShortcut(
  { units }: Scope,
  images: Value,
  channels: number,
  stride: number,
  side: "both" | "after" = "both",
): Value {
  const added = channels - images.type.shape[3];
  const before = side === "both" ? added / 2 : 0;
  if (!Number.isInteger(before) || added < 0)
    throw new ShapeError(`${images.type.shape[3]} channels cannot lie in the middle of ${channels}`);
  const kept = everyNth(everyNth(images, 1, stride), 2, stride);
  const own = units.channelsOf(images);
  const padded = new Int32Array(channels).fill(noUnit);
  padded.set(own, before);
  return units.tagChannels(
    pad(kept, [
      [0, 0],
      [0, 0],
      [0, 0],
      [before, added - before],
    ]),
    padded,
  );
}

/** Slices 0, n, 2n, … of `x` along `axis`. */
function everyNth(x: Value, axis: number, n: number): Value {
  const { shape } = x.type;
  const kept = Math.ceil(shape[axis] / n);
  const whole = pad(
    x,
    shape.map((size, k) => [0, k === axis ? kept * n - size : 0]),
  );
  const [before, after] = [shape.slice(0, axis), shape.slice(axis + 1)];
  const blocks = reshape(whole, [...before, kept, n, ...after]);
  const first = slice(
    blocks,
    blocks.type.shape.map(() => 0),
    [...before, kept, 1, ...after],
  );
  return reshape(first, [...before, kept, ...after]);
}
