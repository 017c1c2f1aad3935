/** Elementwise primitives as WGSL expressions over scalars or vectors of four. */
import type { PrimitiveName } from "../../../tensor/primitives/index.ts";
import { isLibraryFunction, librarySource } from "./functions.wgsl.ts";
import type { KernelWriter } from "./writer.ts";

type FloatType = "f32" | "vec4f";
type Write = (operands: readonly string[], type: FloatType) => string;

const expressions: Partial<Record<PrimitiveName, Write>> = {
  add: ([a, b]) => `${a} + ${b}`,
  subtract: ([a, b]) => `${a} - ${b}`,
  multiply: ([a, b]) => `${a} * ${b}`,
  divide: ([a, b]) => `${a} / ${b}`,
  negate: ([a]) => `-${a}`,
  exp: ([a]) => `exp(${a})`,
  sqrt: ([a]) => `sqrt(${a})`,
  rsqrt: ([a]) => `inverseSqrt(${a})`,
  step: ([a], type) => `select(${type}(1.0), ${type}(0.0), ${a} <= ${type}(0.0))`,
  select: ([condition, a, b], type) => `select(${a}, ${b}, ${condition} <= ${type}(0.0))`,
};

/** The expression of primitive `name`, or null when it is not elementwise. Adds the functions it calls. */
export function elementwiseExpression(
  writer: KernelWriter,
  name: string,
  operands: readonly string[],
  lanes: 1 | 4,
): string | null {
  const type = lanes === 4 ? "vec4f" : "f32";
  if (isLibraryFunction(name)) {
    writer.require(librarySource(name, type));
    return `${name}_${type}(${operands[0]})`;
  }
  return expressions[name as PrimitiveName]?.(operands, type) ?? null;
}
