/** What a program costs before anything runs: exact arithmetic on its values. Peak memory is the backend plan's to tell. */
import { elementCount, type Program, topologicalOrder, type Value } from "./program.ts";

export interface ProgramCost {
  /** Floating-point operations, a multiply-add counted as two. */
  readonly flops: number;
  /** Those of convolutions and matrix products alone. */
  readonly bilinearFlops: number;
  /** Primitives by name. */
  readonly counts: Readonly<Record<string, number>>;
}

const bilinear = new Set(["matmul", "conv2d", "conv2dInputGrad", "conv2dFilterGrad"]);

export function programCost(program: Program): ProgramCost {
  const counts: Record<string, number> = {};
  let flops = 0;
  let bilinearFlops = 0;
  for (const value of topologicalOrder(Object.values(program.outputs))) {
    const { name } = value.primitive;
    const own = value.primitive.flops(value);
    counts[name] = (counts[name] ?? 0) + 1;
    flops += own;
    if (bilinear.has(name)) bilinearFlops += own;
  }
  return { flops, bilinearFlops, counts };
}

/** Bytes of a tensor on a float32 device. Bytes pack four to a word. */
export const deviceBytes = ({ type }: Value): number =>
  type.dtype === "byte" ? Math.ceil(elementCount(type.shape) / 4) * 4 : elementCount(type.shape) * 4;
