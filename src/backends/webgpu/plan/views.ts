/** Values that are another value's memory seen differently: reshapes, and slices of whole leading rows. */
import { slicePrimitive } from "../../../tensor/primitives/extent.ts";
import { reshapePrimitive } from "../../../tensor/primitives/layout.ts";
import { elementCount, isA, type Value } from "../../../tensor/program.ts";

export interface View {
  readonly root: Value;
  /** Elements from the root's first to the view's first. */
  readonly offset: number;
}

/** The value whose memory holds `value` contiguously; `stop` ends the walk at values that have memory of their own. */
export function viewOf(value: Value, stop: (value: Value) => boolean): View {
  let offset = 0;
  let root = value;
  while (!stop(root)) {
    if (isA(root, slicePrimitive)) {
      const step = leadingOffset(root.attributes.start, root.type.shape, root.operands[0].type.shape);
      if (step === null) break;
      offset += step;
    } else if (!isA(root, reshapePrimitive)) break;
    root = root.operands[0];
  }
  return { root, offset };
}

/** Where a slice begins in its operand's memory, or null when it is not contiguous there. */
function leadingOffset(start: readonly number[], shape: readonly number[], operand: readonly number[]): number | null {
  const whole = shape.every((size, axis) => axis === 0 || size === operand[axis]);
  return whole ? (start[0] ?? 0) * elementCount(operand.slice(1)) : null;
}
