/**
 * A JSON value and named number arrays as one file of the browser's storage. Not for exchange: those files are
 * safetensors and npz. Layout: "BSN1", the header's length (uint32, little-endian), the header (JSON, padded with
 * spaces), the arrays in order, each padded to a multiple of 8 bytes.
 */
import { z } from "zod";

export type StoredArray = Float32Array | Float64Array | Uint8Array;

export interface ArrayFile {
  readonly meta: unknown;
  readonly arrays: Readonly<Record<string, StoredArray>>;
}

const magic = [0x42, 0x53, 0x4e, 0x31];
const preambleBytes = 8;
const alignment = 8;

const constructors = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array };

const headerSchema = z.object({
  meta: z.unknown(),
  arrays: z.array(
    z.object({ name: z.string(), type: z.enum(["float32", "float64", "uint8"]), length: z.int().min(0) }),
  ),
});

/** The file in parts, to be written one after the other. The arrays are not copied. */
export function encodeArrayFile({ meta, arrays }: ArrayFile): Uint8Array[] {
  const entries = Object.entries(arrays);
  const list = entries.map(([name, array]) => ({ name, type: typeOf(array), length: array.length }));
  const json = new TextEncoder().encode(JSON.stringify({ meta, arrays: list }));
  const header = new Uint8Array(padded(preambleBytes + json.length)).fill(0x20);
  header.set(magic);
  header.set(json, preambleBytes);
  new DataView(header.buffer).setUint32(magic.length, header.length - preambleBytes, true);
  const parts = entries.flatMap(([, { buffer, byteOffset, byteLength }]) => [
    new Uint8Array(buffer, byteOffset, byteLength),
    new Uint8Array(padded(byteLength) - byteLength),
  ]);
  return [header, ...parts].filter((part) => part.length > 0);
}

/** Copies the arrays out, each into a buffer of its own. Throws an Error that says what is wrong. */
export function decodeArrayFile(file: Uint8Array): ArrayFile {
  if (file.length < preambleBytes || magic.some((byte, index) => file[index] !== byte))
    throw new Error("the file is of another kind");
  let offset = preambleBytes + new DataView(file.buffer, file.byteOffset).getUint32(magic.length, true);
  const text = new TextDecoder().decode(file.subarray(preambleBytes, offset));
  const header = headerSchema.parse(JSON.parse(text));
  const arrays = header.arrays.map(({ name, type, length }) => {
    const byteLength = length * constructors[type].BYTES_PER_ELEMENT;
    if (offset + byteLength > file.length) throw new Error(`the file ends within "${name}"`);
    const bytes = file.slice(offset, offset + byteLength);
    offset += padded(byteLength);
    return [name, new constructors[type](bytes.buffer)] as const;
  });
  return { meta: header.meta, arrays: Object.fromEntries(arrays) };
}

const padded = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

function typeOf(array: StoredArray): keyof typeof constructors {
  if (array instanceof Float32Array) return "float32";
  return array instanceof Float64Array ? "float64" : "uint8";
}
