/** Contents of tensors on the reference backend: float64 for `float`. */
import { elementCount, type TensorType } from "../../tensor/program.ts";
import type { HostArray } from "../backend.ts";

const arrays = { float: Float64Array, int: Int32Array, byte: Uint8Array } as const;

export const zeros = ({ dtype, shape }: TensorType): HostArray => new arrays[dtype](elementCount(shape));

/** A copy of `data` in the array type of `type`. */
export const copyAs = ({ dtype }: TensorType, data: HostArray): HostArray => new arrays[dtype](data);

export const bytesOf = ({ dtype, shape }: TensorType): number => arrays[dtype].BYTES_PER_ELEMENT * elementCount(shape);
