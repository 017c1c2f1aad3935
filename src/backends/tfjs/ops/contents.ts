/** Contents of tensors: tfjs's tensors, but bytes, for which tfjs has no type, stay on the host. */
import * as tf from "@tensorflow/tfjs-core";
import type { TensorType } from "../../../tensor/program.ts";
import { elementCount } from "../../../tensor/program.ts";
import type { HostArray } from "../../backend.ts";

export type Contents = tf.Tensor | Uint8Array;

export const byteCount = ({ dtype, shape }: TensorType): number => (dtype === "byte" ? 1 : 4) * elementCount(shape);

export function upload({ dtype, shape }: TensorType, data: HostArray): Contents {
  if (dtype === "byte") return new Uint8Array(data);
  const copy = dtype === "int" ? new Int32Array(data) : new Float32Array(data);
  return tf.tensor(copy, [...shape], dtype === "int" ? "int32" : "float32");
}

export const zeros = (type: TensorType): HostArray =>
  type.dtype === "byte" ? new Uint8Array(elementCount(type.shape)) : new Int32Array(elementCount(type.shape));

/** A copy. */
export const download = async (contents: Contents): Promise<HostArray> =>
  contents instanceof Uint8Array ? contents.slice() : (await contents.data()).slice();

export const duplicate = (contents: Contents): Contents =>
  contents instanceof Uint8Array ? contents.slice() : tf.clone(contents);

export const release = (contents: Contents): void => {
  if (!(contents instanceof Uint8Array)) contents.dispose();
};
