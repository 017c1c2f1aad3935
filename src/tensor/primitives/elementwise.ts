/** What all elementwise primitives share: their type rule; and how type rules describe what they refuse. */
import { type Shape, ShapeError, sameShape, type TensorType } from "../program.ts";

export type NoAttributes = Readonly<Record<string, never>>;
/** The attributes of a primitive that has none. */
export const none: NoAttributes = Object.freeze({});

export const describeShape = (shape: Shape): string => `[${shape.join(", ")}]`;

/** "float [2, 3], int [2]" */
export const describeTypes = (types: readonly TensorType[]): string =>
  types.length === 0 ? "nothing" : types.map(({ dtype, shape }) => `${dtype} ${describeShape(shape)}`).join(", ");

/** Type rule: all operands are floats of one shape, which is the result's. */
export const elementwiseType =
  (name: string) =>
  (operands: readonly TensorType[]): TensorType => {
    const [first] = operands;
    for (const operand of operands) {
      if (operand.dtype !== "float") throw new ShapeError(`${name} takes floats, not ${operand.dtype}`);
      if (!sameShape(operand.shape, first.shape)) {
        throw new ShapeError(`${name} of shapes ${operands.map(({ shape }) => describeShape(shape)).join(" and ")}`);
      }
    }
    return { dtype: "float", shape: first.shape };
  };
