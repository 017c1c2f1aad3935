/**
 * Writes WebAssembly modules: the binary format of the core specification (with 128-bit vectors), as far as loops over
 * arrays need it. Knows instructions, not what they compute.
 */

/** Bytes of instructions. */
export type Code = readonly number[];

export type LocalType = "i32" | "f32" | "f64" | "v128";
const typeCode = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** Signed LEB128 of a 32-bit integer. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  return [...bytes, rest & 127];
}

const bytesOf = (array: Float32Array | Float64Array | Int32Array): Code => [...new Uint8Array(array.buffer)];
const vector = (instruction: number, ...immediate: Code): Code => [0xfd, ...unsigned(instruction), ...immediate];
/** Alignment hint 2^0: tensors may begin at any float. */
const at = (address: number): Code => [0, ...unsigned(address)];

/** Instructions by the names of the specification. Loads and stores take a constant address added to the one on the stack. */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  call: (callee: number): Code => [0x10, ...unsigned(callee)],
  loop: [0x03, 0x40],
  end: [0x0b],
  repeatIf: [0x0d, 0x00],
  i32: {
    const: (value: number): Code => [0x41, ...signed(value)],
    add: [0x6a],
    shiftLeft: [0x74],
    lessUnsigned: [0x49],
    equal: [0x46],
    load: (address: number): Code => [0x28, ...at(address)],
    store: (address: number): Code => [0x36, ...at(address)],
  },
  memoryFill: [0xfc, 0x0b, 0x00],
  select: [0x1b],
  f32: {
    const: (value: number): Code => [0x43, ...bytesOf(new Float32Array([value]))],
    load: (address: number): Code => [0x2a, ...at(address)],
    store: (address: number): Code => [0x38, ...at(address)],
    greater: [0x5e],
    atMost: [0x5f],
    negate: [0x8c],
    sqrt: [0x91],
    add: [0x92],
    subtract: [0x93],
    multiply: [0x94],
    divide: [0x95],
    demote: [0xb6],
  },
  f64: {
    const: (value: number): Code => [0x44, ...bytesOf(new Float64Array([value]))],
    load: (address: number): Code => [0x2b, ...at(address)],
    store: (address: number): Code => [0x39, ...at(address)],
    add: [0xa0],
    promote: [0xbb],
  },
  v128: {
    load: (address: number): Code => vector(0x00, ...at(address)),
    loadSplat32: (address: number): Code => vector(0x09, ...at(address)),
    store: (address: number): Code => vector(0x0b, ...at(address)),
    constF32x4: (value: number): Code => vector(0x0c, ...bytesOf(new Float32Array(4).fill(value))),
    constI32x4: (value: number): Code => vector(0x0c, ...bytesOf(new Int32Array(4).fill(value))),
    zero: vector(0x0c, ...new Array<number>(16).fill(0)),
    and: vector(0x4e),
    bitselect: vector(0x52),
    /** Moves the upper two floats down. */
    upperHalf: vector(0x0d, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
  },
  f32x4: {
    extract: (lane: number): Code => vector(0x1f, lane),
    replace: (lane: number): Code => vector(0x20, lane),
    greater: vector(0x44),
    atMost: vector(0x45),
    negate: vector(0xe1),
    sqrt: vector(0xe3),
    add: vector(0xe4),
    subtract: vector(0xe5),
    multiply: vector(0xe6),
    divide: vector(0xe7),
  },
  i32x4: {
    equal: vector(0x37),
  },
  f64x2: {
    extract: (lane: number): Code => vector(0x21, lane),
    add: vector(0xf0),
    promoteLow: vector(0x5f),
  },
} as const;

const section = (id: number, contents: Code): Code => [id, ...unsigned(contents.length), ...contents];
const list = (members: readonly Code[]): Code => [...unsigned(members.length), ...members.flat()];
const text = (value: string): Code => list([...new TextEncoder().encode(value)].map((byte) => [byte]));

export interface FunctionBody {
  /** Types of the locals, in their order. */
  readonly locals: readonly LocalType[];
  readonly code: Code;
}

/**
 * A module of functions without parameters or results, exported as "0", "1", …, over the imported memory `env.memory`,
 * with functions of one f64 that return one f64 imported from `env` by name; those are called by their index in
 * `imports`.
 */
export function assembleModule(
  imports: readonly string[],
  functions: readonly FunctionBody[],
): Uint8Array<ArrayBuffer> {
  const types: Code[] = [
    [0x60, 0, 0],
    [0x60, 1, typeCode.f64, 1, typeCode.f64],
  ];
  const importMemory = [...text("env"), ...text("memory"), 0x02, 0x00, 0x00];
  const importFunctions = imports.map((name) => [...text("env"), ...text(name), 0x00, 0x01]);
  const exports = functions.map((_, i) => [...text(String(i)), 0x00, ...unsigned(imports.length + i)]);
  const bodies = functions.map(({ locals, code }) => {
    const body = [...list(locals.map((type) => [1, typeCode[type]])), ...code, 0x0b];
    return [...unsigned(body.length), ...body];
  });
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(types)),
    ...section(2, list([importMemory, ...importFunctions])),
    ...section(3, list(functions.map(() => [0]))),
    ...section(7, list(exports)),
    ...section(10, list(bodies)),
  ]);
}
