/** Reads a .safetensors file: the tensors of every format in `dtypes.ts`, as float32. */
import { type HeaderEntry, parseHeader } from "./header.ts";
import type { NamedTensor, TensorFile } from "./named-tensor.ts";

/** Copies every tensor out of `file`. Throws SafetensorsError, which names the tensor at fault. */
export function readSafetensors(file: Uint8Array): TensorFile {
  const { entries, metadata, dataStart } = parseHeader(file);
  return { tensors: entries.map((entry) => readTensor(file, dataStart, entry)), metadata };
}

function readTensor(file: Uint8Array, dataStart: number, entry: HeaderEntry): NamedTensor {
  const bytes = new Uint8Array(entry.end - entry.begin);
  bytes.set(file.subarray(dataStart + entry.begin, dataStart + entry.end));
  return { name: entry.name, shape: entry.shape, data: entry.dtype.toFloat32(bytes) };
}
