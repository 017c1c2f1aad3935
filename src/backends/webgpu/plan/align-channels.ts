/**
 * Pads the innermost axes of products to multiples of four, so that every kernel reads and writes whole vectors: three
 * colour channels become four, ten classes twelve, and zeros add nothing. A kernel that loads scalars instead costs more
 * than the padding, and minutes of compilation on a software renderer (docs/decisions/aligned-channels.md).
 */
import {
  conv2dFilterGradPrimitive,
  conv2dInputGradPrimitive,
  conv2dPrimitive,
} from "../../../tensor/primitives/conv2d.ts";
import { pad, slice } from "../../../tensor/primitives/extent.ts";
import { matmulPrimitive } from "../../../tensor/primitives/matmul.ts";
import { createValue, elementCount, isA, type Program, topologicalOrder, type Value } from "../../../tensor/program.ts";

/** The same inputs and outputs, computed by aligned products. */
export function alignChannels(program: Program): Program {
  const aligned = new Map<Value, Value>();
  for (const value of topologicalOrder(Object.values(program.outputs))) {
    const operands = value.operands.map((operand) => aligned.get(operand)!);
    const isSame = operands.every((operand, i) => operand === value.operands[i]);
    const rebuilt = isSame ? value : createValue(value.primitive, operands, value.attributes);
    aligned.set(value, alignProduct(rebuilt) ?? rebuilt);
  }
  const outputs = Object.entries(program.outputs).map(([name, value]) => [name, aligned.get(value)!] as const);
  return { inputs: program.inputs, outputs: Object.fromEntries(outputs) };
}

/** Axes of the first and the second member of each pair, and of the result, that become multiples of four. */
interface PaddedAxes {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

function alignProduct(value: Value): Value | null {
  const axes = paddedAxes(value);
  if (!axes) return null;
  const operands = value.operands.map((operand, i) => padAxes(operand, i % 2 === 0 ? axes.first : axes.second));
  if (operands.every((operand, i) => operand === value.operands[i])) return null;
  const product = createValue(value.primitive, operands, value.attributes);
  const { shape } = value.type;
  const isWhole = elementCount(product.type.shape) === elementCount(shape);
  return isWhole ? product : slice(product, new Array(shape.length).fill(0), shape);
}

function paddedAxes(value: Value): PaddedAxes | null {
  if (isA(value, conv2dPrimitive)) return { first: [3], second: [2, 3] };
  if (isA(value, conv2dInputGradPrimitive)) return { first: [3], second: [2, 3] };
  if (isA(value, conv2dFilterGradPrimitive)) return { first: [3], second: [3] };
  if (!isA(value, matmulPrimitive)) return null;
  // Every dimension that is some matrix's innermost one, in all matrices that have it.
  const { transposeA, transposeB } = value.attributes;
  const inner = !transposeA || transposeB;
  const first = [...(transposeA ? [1] : []), ...(inner ? [transposeA ? 0 : 1] : [])];
  const second = [transposeB ? 0 : 1, ...(inner ? [transposeB ? 1 : 0] : [])];
  return { first, second };
}

function padAxes(value: Value, axes: readonly number[]): Value {
  const missing = value.type.shape.map((size, axis) => (axes.includes(axis) ? (4 - (size % 4)) % 4 : 0));
  if (missing.every((count) => count === 0)) return value;
  return pad(
    value,
    missing.map((count) => [0, count] as const),
  );
}
