/** Elementwise primitives as instructions, on four floats at once or on one. */
import { erf } from "../../../tensor/error-function.ts";
import { type Code, type LocalType, wasm } from "./assembler.ts";
import type { ElementwiseName } from "./fusion.ts";

/** Functions that loops call for each element, in float64. */
export const importedFunctions = {
  exp: Math.exp,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  erf,
} as const;
type ImportedName = keyof typeof importedFunctions;
/** Their order among a module's imports. */
export const importedNames = Object.keys(importedFunctions) as ImportedName[];

interface Instructions {
  readonly add: Code;
  readonly subtract: Code;
  readonly multiply: Code;
  readonly divide: Code;
  readonly negate: Code;
  readonly sqrt: Code;
}

/** How many elements an instruction takes, and the instructions. Places are code that leaves a byte offset. */
export interface Width {
  readonly lanes: 1 | 4;
  readonly type: LocalType;
  readonly instructions: Instructions;
  readonly zeroPair: Code;
  load(address: number): Code;
  /** One element for all lanes. */
  loadSame(address: number): Code;
  store(address: number): Code;
  constant(value: number): Code;
  /** b where condition ≤ 0, else a. */
  select(condition: Code, a: Code, b: Code): Code;
  /** `expression` in float64 on each lane; it finds its argument on the stack. */
  eachLane(x: Code, expression: Code): Code;
  addToRegisters(sums: readonly number[], term: Code): Code;
  /** Adds lanes to consecutive float64 sums. */
  addToMemory(place: Code, address: number, term: Code): Code;
  /** The float64 total of the sums in registers. */
  total(sums: readonly [number, number]): Code;
}

export const scalarWidth: Width = {
  lanes: 1,
  type: "f32",
  instructions: wasm.f32,
  zeroPair: wasm.f64.const(0),
  load: wasm.f32.load,
  loadSame: wasm.f32.load,
  store: wasm.f32.store,
  constant: wasm.f32.const,
  select: (condition, a, b) => [...b, ...a, ...condition, ...wasm.f32.const(0), ...wasm.f32.atMost, ...wasm.select],
  eachLane: (x, expression) => [...x, ...wasm.f64.promote, ...expression, ...wasm.f32.demote],
  addToRegisters: ([sum], term) => [...wasm.get(sum), ...term, ...wasm.f64.promote, ...wasm.f64.add, ...wasm.set(sum)],
  addToMemory: (place, address, term) => [
    ...place,
    ...place,
    ...wasm.f64.load(address),
    ...term,
    ...wasm.f64.promote,
    ...wasm.f64.add,
    ...wasm.f64.store(address),
  ],
  total: ([low, high]) => [...wasm.get(low), ...wasm.get(high), ...wasm.f64.add],
};

export const vectorWidth: Width = {
  lanes: 4,
  type: "v128",
  instructions: wasm.f32x4,
  zeroPair: wasm.v128.zero,
  load: wasm.v128.load,
  loadSame: wasm.v128.loadSplat32,
  store: wasm.v128.store,
  constant: wasm.v128.constF32x4,
  select: (condition, a, b) => [
    ...b,
    ...a,
    ...condition,
    ...wasm.v128.zero,
    ...wasm.f32x4.atMost,
    ...wasm.v128.bitselect,
  ],
  eachLane: (x, expression) => [
    ...wasm.v128.zero,
    ...[0, 1, 2, 3].flatMap((lane) => [
      ...x,
      ...wasm.f32x4.extract(lane),
      ...wasm.f64.promote,
      ...expression,
      ...wasm.f32.demote,
      ...wasm.f32x4.replace(lane),
    ]),
  ],
  addToRegisters: ([low, high], term) => [
    ...wasm.get(low),
    ...term,
    ...wasm.f64x2.promoteLow,
    ...wasm.f64x2.add,
    ...wasm.set(low),
    ...wasm.get(high),
    ...term,
    ...term,
    ...wasm.v128.upperHalf,
    ...wasm.f64x2.promoteLow,
    ...wasm.f64x2.add,
    ...wasm.set(high),
  ],
  addToMemory: (place, address, term) => [
    ...place,
    ...place,
    ...wasm.v128.load(address),
    ...term,
    ...wasm.f64x2.promoteLow,
    ...wasm.f64x2.add,
    ...wasm.v128.store(address),
    ...place,
    ...place,
    ...wasm.v128.load(address + 16),
    ...term,
    ...term,
    ...wasm.v128.upperHalf,
    ...wasm.f64x2.promoteLow,
    ...wasm.f64x2.add,
    ...wasm.v128.store(address + 16),
  ],
  total: ([low, high]) => [
    ...[low, high].flatMap((sum) => [
      ...wasm.get(sum),
      ...wasm.f64x2.extract(0),
      ...wasm.get(sum),
      ...wasm.f64x2.extract(1),
      ...wasm.f64.add,
    ]),
    ...wasm.f64.add,
  ],
};

type Operation = (width: Width, operands: readonly Code[]) => Code;

const binary =
  (name: keyof Instructions): Operation =>
  ({ instructions }, [a, b]) => [...a, ...b, ...instructions[name]];
const unary =
  (name: keyof Instructions): Operation =>
  ({ instructions }, [x]) => [...x, ...instructions[name]];
const call =
  (name: ImportedName): Operation =>
  (width, [x]) =>
    width.eachLane(x, wasm.call(importedNames.indexOf(name)));

/** Operands are single instructions that fetch a local, so that they may be repeated. */
export const operations = {
  add: binary("add"),
  subtract: binary("subtract"),
  multiply: binary("multiply"),
  divide: binary("divide"),
  negate: unary("negate"),
  sqrt: unary("sqrt"),
  rsqrt: (width, [x]) => [...width.constant(1), ...x, ...width.instructions.sqrt, ...width.instructions.divide],
  step: (width, [x]) => width.select(x, width.constant(1), width.constant(0)),
  select: (width, [condition, a, b]) => width.select(condition, a, b),
  exp: call("exp"),
  log1p: call("log1p"),
  tanh: call("tanh"),
  sigmoid: call("sigmoid"),
  erf: call("erf"),
} satisfies Record<ElementwiseName, Operation>;
