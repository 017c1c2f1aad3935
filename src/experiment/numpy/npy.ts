/**
 * NumPy's .npy format: a header in Python syntax, then the values. Written in version 1.0, C order, little-endian; read
 * in versions 1.0 to 3.0. Source: numpy.lib.format's own description.
 */
import { NumpyFormatError } from "../experiment-error.ts";

export type ArrayValues = Float64Array | Float32Array | Uint8Array;

export interface NumpyArray {
  /** Row-major; [] is a scalar. */
  readonly shape: readonly number[];
  readonly data: ArrayValues;
}

interface ElementType {
  readonly descr: string;
  readonly bytes: number;
  /** Over a buffer of its own. */
  readonly view: (buffer: ArrayBuffer) => ArrayValues;
}

const elementTypes: readonly ElementType[] = [
  { descr: "<f8", bytes: 8, view: (buffer) => new Float64Array(buffer) },
  { descr: "<f4", bytes: 4, view: (buffer) => new Float32Array(buffer) },
  { descr: "|u1", bytes: 1, view: (buffer) => new Uint8Array(buffer) },
];

/** "\x93NUMPY" */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The data starts at a multiple of this. */
const alignment = 64;

export function writeNpy({ shape, data }: NumpyArray): Uint8Array<ArrayBuffer> {
  const places = shape.reduce((product, extent) => product * extent, 1);
  if (places !== data.length) throw new RangeError(`Shape [${shape.join(", ")}] does not hold ${data.length} values.`);
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${descrOf(data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const preamble = magic.length + 4;
  const headerEnd = Math.ceil((preamble + dictionary.length + 1) / alignment) * alignment;
  const header = `${dictionary.padEnd(headerEnd - preamble - 1)}\n`;
  const file = new Uint8Array(headerEnd + data.byteLength);
  file.set([...magic, 1, 0]);
  new DataView(file.buffer).setUint16(magic.length + 2, header.length, true);
  file.set(new TextEncoder().encode(header), preamble);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), headerEnd);
  return file;
}

function descrOf(data: ArrayValues): string {
  if (data instanceof Float64Array) return "<f8";
  return data instanceof Float32Array ? "<f4" : "|u1";
}

/** Copies the values out. `where` names the file in errors. Throws NumpyFormatError. */
export function readNpy(file: Uint8Array, where: string): NumpyArray {
  const fail = (what: string, remedy: string): never => {
    throw new NumpyFormatError({ where, what, remedy });
  };
  const { header, dataStart } = readHeader(file, fail);
  const field = (pattern: RegExp) =>
    header.match(pattern)?.[1] ??
    fail(`Its header can't be read: ${header.trim()}.`, "Write it again with numpy.save.");
  const descr = field(/'descr': *'([^']*)'/);
  const type = elementTypes.find((candidate) => candidate.descr === descr);
  const known = elementTypes.map((candidate) => candidate.descr).join(", ");
  if (!type) return fail(`Its number format is ${descr}; read here are ${known}.`, "Convert it with .astype('<f8').");
  const shape = (field(/'shape': *\(([\d, ]*)\)/).match(/\d+/g) ?? []).map(Number);
  if (field(/'fortran_order': *(True|False)/) === "True" && shape.filter((extent) => extent > 1).length > 1)
    fail("Its values are in Fortran order.", "Save numpy.ascontiguousarray of it.");
  const expected = shape.reduce((product, extent) => product * extent, type.bytes);
  if (file.length - dataStart !== expected)
    fail(
      `Shape (${shape.join(", ")}) in ${descr} takes ${expected} bytes, and ${file.length - dataStart} follow the header.`,
      "Copy it again: it is not whole.",
    );
  const bytes = new Uint8Array(expected);
  bytes.set(file.subarray(dataStart));
  return { shape, data: type.view(bytes.buffer) };
}

function readHeader(file: Uint8Array, fail: (what: string, remedy: string) => never) {
  if (file.length < 12 || magic.some((byte, index) => file[index] !== byte))
    fail("It does not start as a .npy file does.", "Check that it was written by numpy.save.");
  const version = file[magic.length];
  if (version < 1 || version > 3)
    fail(`It is of version ${version}; versions 1 to 3 are read.`, "Save it with numpy.save.");
  const view = new DataView(file.buffer, file.byteOffset);
  const preamble = magic.length + (version === 1 ? 4 : 6);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = preamble + length;
  if (dataStart > file.length) fail("It ends within its header.", "Copy it again: it is not whole.");
  return { header: new TextDecoder().decode(file.subarray(preamble, dataStart)), dataStart };
}
