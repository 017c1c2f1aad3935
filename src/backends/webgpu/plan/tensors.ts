/** The plan's tensors: pieces of memory that kernels read and write. */
import type { DType, Value } from "../../../tensor/program.ts";
import type { DeviceTensor } from "../../backend.ts";

export type Place =
  /** A tensor of the caller's. */
  | { readonly kind: "bound"; readonly tensor: DeviceTensor }
  /** Host data of one run, all in one buffer that is copied in before the run. */
  | { readonly kind: "feed"; readonly offset: number }
  /** Results for the host, in one buffer a dtype that is copied out after the run. */
  | { readonly kind: "fetch"; readonly offset: number }
  /** Elements of another tensor, from `offset` on. */
  | { readonly kind: "part"; readonly whole: PlanTensor; readonly offset: number }
  /** Memory that other temporaries use before and after. */
  | { readonly kind: "temporary" };

export interface PlanTensor {
  readonly id: number;
  /** What it holds after the run. */
  readonly value: Value;
  readonly elements: number;
  readonly dtype: DType;
  place: Place;
}

/** A run of elements of one tensor. */
export interface TensorRange {
  readonly tensor: PlanTensor;
  readonly offset: number;
  readonly elements: number;
}

/** The tensor that is no part of another, and the range in it. */
export function wholeRange({ tensor, offset, elements }: TensorRange): TensorRange {
  let [whole, start] = [tensor, offset];
  while (whole.place.kind === "part") {
    start += whole.place.offset;
    whole = whole.place.whole;
  }
  return { tensor: whole, offset: start, elements };
}

/** Whether two ranges share memory that outlives the plan or is a part of one tensor. */
export function overlaps(a: TensorRange, b: TensorRange): boolean {
  const [x, y] = [wholeRange(a), wholeRange(b)];
  return sameMemory(x.tensor, y.tensor) && x.offset < y.offset + y.elements && y.offset < x.offset + x.elements;
}

export const sameMemory = (a: PlanTensor, b: PlanTensor): boolean =>
  a === b || (a.place.kind === "bound" && b.place.kind === "bound" && a.place.tensor === b.place.tensor);

/** Whether two ranges are the same elements of the same memory. */
export function samePlace(a: TensorRange, b: TensorRange): boolean {
  const [x, y] = [wholeRange(a), wholeRange(b)];
  return sameMemory(x.tensor, y.tensor) && x.offset === y.offset && x.elements === y.elements;
}
