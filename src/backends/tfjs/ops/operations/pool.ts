/** Pooling position by position of the window: each is a strided slice of the image. */
import * as tf from "@tensorflow/tfjs-core";
import type { WindowAttributes } from "../../../../tensor/primitives/index.ts";
import type { Shape } from "../../../../tensor/program.ts";
import type { Operation } from "../operation.ts";

/** [row, column] of the window's positions, row-major. */
const positions = ({ window: [height, width] }: WindowAttributes): [number, number][] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);

/** The elements of all windows at one position: [n, h', w', c]. */
function elementsAt(x: tf.Tensor, pooled: Shape, { strides }: WindowAttributes, [row, column]: [number, number]) {
  const [count, height, width, channels] = pooled;
  const begin = [0, row, column, 0];
  const end = [count, row + (height - 1) * strides[0] + 1, column + (width - 1) * strides[1] + 1, channels];
  return tf.stridedSlice(x, begin, end, [1, ...strides, 1]);
}

export const poolArgmax: Operation<"poolArgmax"> = ({ attributes, type }, [x]) => {
  const [first, ...others] = positions(attributes).map((position) => elementsAt(x, type.shape, attributes, position));
  let largest: tf.Tensor = first;
  let index: tf.Tensor = tf.zeros([...type.shape], "int32");
  others.forEach((candidate, i) => {
    const isLarger = tf.greater(candidate, largest);
    index = tf.where(isLarger, tf.fill([...type.shape], i + 1, "int32"), index);
    largest = tf.where(isLarger, candidate, largest);
  });
  return index;
};

export const gatherWindow: Operation<"gatherWindow"> = ({ attributes, type }, [x, index]) =>
  positions(attributes)
    .map((position) => elementsAt(x, type.shape, attributes, position))
    .reduce((gathered, candidate, i) => tf.where(tf.equal(index, i), candidate, gathered));

export const scatterWindow: Operation<"scatterWindow"> = ({ operands, attributes, type }, [y, index]) =>
  tf.addN(
    positions(attributes).map((position, i) => {
      const own = tf.where(tf.equal(index, i), y, tf.zerosLike(y));
      return spreadTo(own, operands[0].type.shape, type.shape, attributes, position);
    }),
  );

export const windowSum: Operation<"windowSum"> = ({ attributes, type }, [x]) =>
  tf.addN(positions(attributes).map((position) => elementsAt(x, type.shape, attributes, position)));

export const spreadWindow: Operation<"spreadWindow"> = ({ operands, attributes, type }, [y]) =>
  tf.addN(
    positions(attributes).map((position) => spreadTo(y, operands[0].type.shape, type.shape, attributes, position)),
  );

/** An image of zeros with the pooled elements at one position of their windows. */
function spreadTo(y: tf.Tensor, pooled: Shape, image: Shape, { strides }: WindowAttributes, at: [number, number]) {
  const [row, column] = at;
  const [spreadHeight, spreadWidth] = [(pooled[1] - 1) * strides[0] + 1, (pooled[2] - 1) * strides[1] + 1];
  const spread = spreadAxis(spreadAxis(y, 1, strides[0]), 2, strides[1]);
  return tf.pad(tf.slice(spread, [0, 0, 0, 0], [-1, spreadHeight, spreadWidth, -1]), [
    [0, 0],
    [row, image[1] - spreadHeight - row],
    [column, image[2] - spreadWidth - column],
    [0, 0],
  ]);
}

/** Puts stride − 1 zeros after every element along an axis. */
function spreadAxis(x: tf.Tensor, axis: number, stride: number): tf.Tensor {
  if (stride === 1) return x;
  const outer = x.shape.slice(0, axis + 1).reduce((product, size) => product * size, 1);
  const inner = x.size / outer;
  const rows = tf.pad(tf.reshape(x, [outer, inner]), [
    [0, 0],
    [0, (stride - 1) * inner],
  ]);
  return tf.reshape(
    rows,
    x.shape.map((size, i) => (i === axis ? size * stride : size)),
  );
}
