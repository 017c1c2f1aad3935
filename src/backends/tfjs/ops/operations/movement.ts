/** Constants, and primitives that move, repeat, cut, join or reduce. */
import * as tf from "@tensorflow/tfjs-core";
import { elementCount } from "../../../../tensor/program.ts";
import type { Operation } from "../operation.ts";

export const constant: Operation<"constant"> = ({ attributes: { value, shape } }) => tf.fill([...shape], value);

export const broadcast: Operation<"broadcast"> = ({ attributes: { shape, axes } }, [x]) => {
  const spread = shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  return tf.tile(
    tf.reshape(x, spread),
    shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
  );
};

export const sum: Operation<"sum"> = ({ attributes: { axes } }, [x]) =>
  axes.length > 0 ? tf.sum(x, [...axes]) : tf.clone(x);
export const max: Operation<"max"> = ({ attributes: { axes } }, [x]) =>
  axes.length > 0 ? tf.max(x, [...axes]) : tf.clone(x);

export const reshape: Operation<"reshape"> = ({ attributes: { shape } }, [x]) => tf.reshape(x, [...shape]);
export const transpose: Operation<"transpose"> = ({ attributes: { permutation } }, [x]) =>
  tf.transpose(x, [...permutation]);
export const slice: Operation<"slice"> = ({ attributes: { start, shape } }, [x]) =>
  shape.length > 0 ? tf.slice(x, [...start], [...shape]) : tf.clone(x);
/** One axis at a time, as the middle one of three: tfjs's WebGL kernel takes no more than four. */
export const pad: Operation<"pad"> = ({ attributes: { padding } }, [x]) => {
  const shape = [...x.shape];
  let padded = x;
  padding.forEach(([before, after], axis) => {
    if (before === 0 && after === 0) return;
    const [outer, inner] = [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis + 1))];
    const border: [number, number][] = [
      [0, 0],
      [before, after],
      [0, 0],
    ];
    padded = tf.pad(tf.reshape(padded, [outer, shape[axis], inner]), border);
    shape[axis] += before + after;
  });
  return tf.reshape(padded, shape);
};
export const concat: Operation<"concat"> = ({ attributes: { axis } }, parts) => tf.concat([...parts], axis);
