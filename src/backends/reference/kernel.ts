/** What a reference kernel is, and the one way in which they walk over tensors of any rank. */
import type { PrimitiveName, ValueOf } from "../../tensor/primitives/index.ts";
import type { Shape } from "../../tensor/program.ts";
import type { HostArray } from "../backend.ts";

/** Fills `result`, which is zero, from the contents of the value's operands. */
export type Kernel<Name extends PrimitiveName> = (
  value: ValueOf<Name>,
  operands: readonly HostArray[],
  result: HostArray,
) => void;

/** Elements between neighbours along each axis, row-major. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Visits the positions of `shape` in row-major order: their number, and start + Σ index·stride. */
export function walk(
  shape: Shape,
  strides: readonly number[],
  start: number,
  visit: (position: number, offset: number) => void,
): void {
  let position = 0;
  const along = (axis: number, offset: number): void => {
    if (axis === shape.length) {
      visit(position++, offset);
      return;
    }
    for (let i = 0; i < shape[axis]; i++) along(axis + 1, offset + i * strides[axis]);
  };
  along(0, start);
}
