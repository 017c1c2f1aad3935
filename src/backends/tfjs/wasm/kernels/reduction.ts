/** Reductions along axes that a loop cannot do, and maxima, which are taken of small tensors only. */
import type { ReductionAttributes } from "../../../../tensor/primitives/index.ts";
import { elementCount, type Shape, type Value } from "../../../../tensor/program.ts";
import { inPlace, type Kernel } from "../kernel.ts";
import { stridesOf } from "./copies.ts";

function reduction(
  combine: (total: number, x: number) => number,
  initial: number,
): (value: Value<string, ReductionAttributes>) => Kernel {
  return ({ operands, attributes: { axes }, type }) => {
    const { shape } = operands[0].type;
    const strides = stridesOf(shape);
    const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const starts = offsets(
      kept.map((axis) => shape[axis]),
      kept.map((axis) => strides[axis]),
    );
    const terms = offsets(
      axes.map((axis) => shape[axis]),
      axes.map((axis) => strides[axis]),
    );
    const count = elementCount(type.shape);
    return inPlace(({ module, operands: [x], result }) => () => {
      const { f32 } = module;
      for (let i = 0; i < count; i++) {
        let total = initial;
        for (let j = 0; j < terms.length; j++) total = combine(total, f32[x / 4 + starts[i] + terms[j]]);
        f32[result / 4 + i] = total;
      }
    });
  };
}

/** Σ index·stride for every index of `shape`, in row-major order. */
function offsets(shape: Shape, strides: readonly number[]): Int32Array {
  let list = [0];
  shape.forEach((size, axis) => {
    list = list.flatMap((offset) => Array.from({ length: size }, (_, i) => offset + i * strides[axis]));
  });
  return Int32Array.from(list);
}

export const sum = reduction((total, x) => total + x, 0);
export const max = reduction(Math.max, Number.NEGATIVE_INFINITY);
