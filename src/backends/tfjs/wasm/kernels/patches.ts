/**
 * Patches of an image as rows of a matrix (im2col): one row for each output pixel, with the elements [kh, kw, channels]
 * under the window there and zeros outside the image. Also the patches of an image that is spread out by zeros, which a
 * strided convolution's input gradient slides over.
 */
import { copyRun } from "./copies.ts";

export interface PatchGeometry {
  /** [n, h, w, channels] */
  readonly image: readonly [number, number, number, number];
  readonly window: readonly [number, number];
  readonly outputSize: readonly [number, number];
  /** Output pixel (y, x) sees the image from (y·strides − padding). */
  readonly strides: readonly [number, number];
  /** [top, left]; negative to cut. */
  readonly padding: readonly [number, number];
  /** The image's pixels lie so far apart, with zeros between. */
  readonly spacing: readonly [number, number];
}

/** Elements of one row. */
export const patchLength = ({ image, window }: PatchGeometry): number => window[0] * window[1] * image[3];

/** Whether the image is its own matrix of patches. */
export const isItsOwnPatches = ({ image, window, outputSize, strides, padding, spacing }: PatchGeometry): boolean =>
  [...window, ...strides, ...spacing].every((size) => size === 1) &&
  padding.every((size) => size === 0) &&
  outputSize[0] === image[1] &&
  outputSize[1] === image[2];

/** Where coordinate `position` of the spread image comes from; −1 where it is zero. */
const sourceOf = (position: number, spacing: number, size: number): number => {
  const source = position / spacing;
  return Number.isInteger(source) && source >= 0 && source < size ? source : -1;
};

/** The patches of output lines `from` to `to`; line n·height + y is row y of image n. */
export function gatherPatches(
  heap: Float32Array,
  geometry: PatchGeometry,
  source: number,
  target: number,
  from: number,
  to: number,
): void {
  const { image, window, outputSize, strides, padding, spacing } = geometry;
  const [, height, width, channels] = image;
  const rowRun = window[1] * channels;
  let out = target;
  for (let line = from; line < to; line++) {
    const imageStart = source + Math.floor(line / outputSize[0]) * height * width * channels;
    const top = (line % outputSize[0]) * strides[0] - padding[0];
    for (let ox = 0; ox < outputSize[1]; ox++) {
      const left = ox * strides[1] - padding[1];
      for (let ky = 0; ky < window[0]; ky++, out += rowRun) {
        const y = sourceOf(top + ky, spacing[0], height);
        if (y < 0) heap.fill(0, out, out + rowRun);
        else gatherRow(heap, imageStart + y * width * channels, width, channels, left, window[1], spacing[1], out);
      }
    }
  }
}

/** The part of one image row under a window whose left edge is at `left`. */
function gatherRow(
  heap: Float32Array,
  rowStart: number,
  width: number,
  channels: number,
  left: number,
  windowWidth: number,
  spacing: number,
  target: number,
): void {
  if (spacing !== 1) {
    for (let kx = 0; kx < windowWidth; kx++) {
      const x = sourceOf(left + kx, spacing, width);
      const to = target + kx * channels;
      if (x < 0) heap.fill(0, to, to + channels);
      else copyRun(heap, rowStart + x * channels, to, channels);
    }
    return;
  }
  const first = Math.min(windowWidth, Math.max(0, -left));
  const last = Math.max(first, Math.min(windowWidth, width - left));
  if (first > 0) heap.fill(0, target, target + first * channels);
  if (last > first)
    copyRun(heap, rowStart + (left + first) * channels, target + first * channels, (last - first) * channels);
  if (last < windowWidth) heap.fill(0, target + last * channels, target + windowWidth * channels);
}
