/** Size of one image, in pixels. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Labelled images as bytes, plane by plane. */
export interface ImageSet extends ImageShape {
  /** [count, channels, height, width], one byte each. */
  readonly pixels: Uint8Array;
  /** [count], each below `classNames.length`. */
  readonly labels: Uint8Array;
  readonly count: number;
  readonly classNames: readonly string[];
}

/** Which part of a data set: the examples trained on, or those held out. */
export type Split = "train" | "test";

/** Bytes of one image. */
export const imageBytes = ({ channels, height, width }: ImageShape): number => channels * height * width;

/** A compact set of the images at `indices` of `set`, in that order; an index may occur more than once. */
export function gatherImages(set: ImageSet, indices: Int32Array): ImageSet {
  const size = imageBytes(set);
  const pixels = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, position) => {
    if (index < 0 || index >= set.count) throw new RangeError(`Image ${index} of a set of ${set.count}.`);
    pixels.set(set.pixels.subarray(index * size, (index + 1) * size), position * size);
    labels[position] = set.labels[index];
  });
  return { ...set, pixels, labels, count: indices.length };
}

/** The images of all `sets` one after another. They must agree in image shape and class names. */
export function concatenateImages(sets: readonly [ImageSet, ...ImageSet[]]): ImageSet {
  const first = sets[0];
  if (sets.length === 1) return first;
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const size = imageBytes(first);
  const pixels = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  let offset = 0;
  for (const set of sets) {
    if (set.channels !== first.channels || set.height !== first.height || set.width !== first.width)
      throw new RangeError("Image sets of different shapes cannot be joined.");
    if (set.classNames.join("\n") !== first.classNames.join("\n"))
      throw new RangeError("Image sets with different class names cannot be joined.");
    pixels.set(set.pixels, offset * size);
    labels.set(set.labels, offset);
    offset += set.count;
  }
  return { ...first, pixels, labels, count };
}
