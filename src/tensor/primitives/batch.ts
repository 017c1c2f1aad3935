/**
 * What turns a resident data set into a batch: `imageBatch` gathers, crops, flips and normalises images, `takeLabels`
 * gathers labels, `oneHot` spreads them. None has a derivative.
 */
import { createValue, elementCount, type Primitive, ShapeError, type Value } from "../program.ts";
import { describeTypes } from "./elementwise.ts";

export interface ImageBatchAttributes {
  /** Per channel, in units of 1 = byte 255. */
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
}

export const imageBatchPrimitive: Primitive<"imageBatch", ImageBatchAttributes> = {
  name: "imageBatch",
  type(operands, { mean, standardDeviation }) {
    const [pixels, indices, draws] = operands;
    const [, channels, height, width] = pixels.shape;
    const fits =
      pixels.dtype === "byte" &&
      pixels.shape.length === 4 &&
      indices.dtype === "int" &&
      indices.shape.length === 1 &&
      draws.dtype === "int" &&
      draws.shape.length === 2 &&
      draws.shape[0] === indices.shape[0] &&
      draws.shape[1] === 3 &&
      mean.length === channels &&
      standardDeviation.length === channels;
    if (!fits) throw new ShapeError(`imageBatch of ${describeTypes(operands)}`);
    return { dtype: "float", shape: [indices.shape[0], height, width, channels] };
  },
  jvp: () => null,
  flops: (value) => 2 * elementCount(value.type.shape),
};

/**
 * Images `indices` (int [n]) of `pixels` (byte [count, c, h, w]) as floats [n, h, w, c], (byte/255 − mean)/deviation.
 * `draws` (int [n, 3]) holds (dy, dx, flip) an image: result (y, x) is pixel (y + dy, x + dx), mirrored in x first when
 * flip is 1, and a black border (before normalisation: zero after it) outside.
 */
export const imageBatch = (pixels: Value, indices: Value, draws: Value, attributes: ImageBatchAttributes): Value =>
  createValue(imageBatchPrimitive, [pixels, indices, draws], attributes);

export const takeLabelsPrimitive: Primitive<"takeLabels", Readonly<Record<string, never>>> = {
  name: "takeLabels",
  type(operands) {
    const [labels, indices] = operands;
    if (labels.dtype !== "int" || labels.shape.length !== 1 || indices.dtype !== "int" || indices.shape.length !== 1) {
      throw new ShapeError(`takeLabels of ${describeTypes(operands)}`);
    }
    return { dtype: "int", shape: indices.shape };
  },
  jvp: () => null,
  flops: () => 0,
};

/** `labels[indices]`: int [count] and int [n] → int [n]. */
export const takeLabels = (labels: Value, indices: Value): Value =>
  createValue(takeLabelsPrimitive, [labels, indices], {});

export interface OneHotAttributes {
  readonly classes: number;
}
export const oneHotPrimitive: Primitive<"oneHot", OneHotAttributes> = {
  name: "oneHot",
  type([labels], { classes }) {
    if (labels.dtype !== "int") throw new ShapeError(`oneHot takes ints, not ${labels.dtype}`);
    return { dtype: "float", shape: [...labels.shape, classes] };
  },
  jvp: () => null,
  flops: () => 0,
};

/** int [...s] → float [...s, classes]: 1 at the label, else 0. */
export const oneHot = (labels: Value, classes: number): Value => createValue(oneHotPrimitive, [labels], { classes });
