/** What a reference kernel is, and the one way in which they go over tensors of any rank. */
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

/**
 * Visits the rows of `shape`, which lie along its last axis, in row-major order: the number of the first position of each, and
 * start + Σ index·stride there. Every row has `count` positions, `stride` apart.
 */
export function eachRow(
  shape: Shape,
  strides: readonly number[],
  start: number,
  visit: (position: number, offset: number, count: number, stride: number) => void,
): void {
  const last = shape.length - 1;
  if (last < 0) {
    visit(0, start, 1, 0);
    return;
  }
  let position = 0;
  const along = (axis: number, offset: number): void => {
    if (axis === last) {
      visit(position, offset, shape[last], strides[last]);
      position += shape[last];
      return;
    }
    for (let i = 0; i < shape[axis]; i++) along(axis + 1, offset + i * strides[axis]);
  };
  along(0, start);
}
