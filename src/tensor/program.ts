/**
 * Tensor programs: a graph of primitives over static shapes. This file is the data structure only; how values are made
 * is in `primitives/`, how programs are rewritten in `differentiate/` and `simplify/`, what they cost in `cost.ts`.
 */

/** `float` is float32 on devices and float64 on the reference backend; `int` is int32; `byte` is uint8. */
export type DType = "float" | "int" | "byte";

export type Shape = readonly number[];

export interface TensorType {
  readonly dtype: DType;
  /** Sizes of the axes, slowest first. `[]` is a scalar. */
  readonly shape: Shape;
}

/** One node of a program. Immutable; operands are always created before their users. */
export interface Value<Name extends string = string, Attributes = unknown> {
  /** Unique in this process; says nothing about a value's place in a program. */
  readonly id: number;
  readonly primitive: Primitive<Name, Attributes>;
  readonly operands: readonly Value[];
  readonly attributes: Attributes;
  readonly type: TensorType;
}

/** A rule set for one operation. `transpose` exists only for primitives linear in at least one operand. */
export interface Primitive<Name extends string = string, Attributes = unknown> {
  readonly name: Name;
  /** The result's type; throws ShapeError when the operands do not fit. */
  type(operands: readonly TensorType[], attributes: Attributes): TensorType;
  /** The tangent of `value` given its operands' tangents (null is a symbolic zero); null when it is zero. */
  jvp(value: Value<Name, Attributes>, tangents: readonly (Value | null)[]): Value | null;
  /**
   * Cotangents of the operands flagged in `linear`, given the cotangent of `value`; null elsewhere, and for flagged
   * operands in which `value` is not linear together with the others.
   */
  transpose?(value: Value<Name, Attributes>, cotangent: Value, linear: readonly boolean[]): (Value | null)[];
  /** Floating-point operations of one evaluation, a multiply-add counted as two. */
  flops(value: Value<Name, Attributes>): number;
}

/** A traced computation. The keys of `inputs` and `outputs` are the names a caller binds, feeds and fetches by. */
export interface Program {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** Operands that do not fit an operation. The message names the operation and the shapes. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

export const elementCount = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, i) => size === b[i]);

let nextId = 0;

/** Makes a value of `primitive`. The functions in `primitives/` wrap this; call those instead. */
export function createValue<Name extends string, Attributes>(
  primitive: Primitive<Name, Attributes>,
  operands: readonly Value[],
  attributes: Attributes,
): Value<Name, Attributes> {
  const type = primitive.type(
    operands.map((operand) => operand.type),
    attributes,
  );
  return { id: nextId++, primitive, operands, attributes, type };
}

/** Whether `value` was made by `primitive`; narrows the attributes. */
export const isA = <Name extends string, Attributes>(
  value: Value,
  primitive: Primitive<Name, Attributes>,
): value is Value<Name, Attributes> => value.primitive.name === primitive.name;

/**
 * Every value that `roots` depend on, operands before users, in an order that depends on the graph alone. Values in
 * `known`, and what only they depend on, are left out.
 */
export function topologicalOrder(roots: readonly Value[], known?: { has(value: Value): boolean }): Value[] {
  const order: Value[] = [];
  const seen = new Set<Value>();
  const stack: { value: Value; next: number }[] = [];
  for (const root of roots) {
    if (seen.has(root) || known?.has(root)) continue;
    seen.add(root);
    stack.push({ value: root, next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next === top.value.operands.length) {
        order.push(top.value);
        stack.pop();
        continue;
      }
      const operand = top.value.operands[top.next++];
      if (!seen.has(operand) && !known?.has(operand)) {
        seen.add(operand);
        stack.push({ value: operand, next: 0 });
      }
    }
  }
  return order;
}
