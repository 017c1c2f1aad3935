/**
 * What a derivative is tested on: a value of some primitive with random attributes and shapes. Shapes are small, so that
 * loops in float64 are quick, and ragged, so that edges are met.
 */
import fc from "fast-check";
import type { Shape, Value } from "../../../../src/tensor/program.ts";
import type { SamplerName } from "../../vectors.ts";

export interface PrimitiveCase {
  readonly inputs: readonly CaseInput[];
  build(inputs: readonly Value[]): Value;
}

/** A float input and where its elements may lie. */
export interface CaseInput {
  readonly shape: Shape;
  readonly sampler: SamplerName;
}

export type Cases = fc.Arbitrary<PrimitiveCase>;

export const centred = (shape: Shape): CaseInput => ({ shape, sampler: "centred" });

export const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

export const shapes = (minLength = 0): fc.Arbitrary<number[]> => fc.array(size(1, 3), { minLength, maxLength: 4 });

/** A shape and some of its axes, ascending. */
export const shapeAndAxes: fc.Arbitrary<[number[], number[]]> = shapes().chain((shape) =>
  fc.tuple(fc.constant(shape), fc.subarray(shape.map((_, axis) => axis))),
);
