/** Decides into how many shares a reduction is cut, and so what memory it needs besides its operands and results. */
import { elementCount, type Shape, type Value } from "../../../tensor/program.ts";
import { type ReduceKernel, registersOf, resultShape, type Store } from "../plan/kernels.ts";
import type { PlanTensor } from "../plan/tensors.ts";
import { canVectorize, type FindOffset } from "./expression.ts";
import type { Offset } from "./writer.ts";

export interface ReductionSplit {
  /** Shape and count of the results, each of which is made of `length` elements of the domain. */
  readonly shape: Shape;
  readonly results: number;
  readonly length: number;
  /** Parts into which each result's elements are cut, added up at once. */
  readonly shares: number;
  /** Neighbouring results of one invocation. */
  readonly lanes: 1 | 4;
  /** Words of partial results of all reductions; 0 where one share does. */
  readonly partialWords: number;
}

/** What is known of the memory before temporaries have their places, which are multiples of four. */
export interface Offsets {
  readonly find: FindOffset;
  readonly offsetOf: (tensor: PlanTensor) => Offset;
}

const maxShares = 256;
const elementsPerShare = 16;

/** `parallelism` is how many invocations are wanted at once. */
export function splitReduction(kernel: ReduceKernel, offsets: Offsets, parallelism: number): ReductionSplit {
  const shape = resultShape(kernel);
  const results = elementCount(shape);
  const length = elementCount(kernel.domain) / results;
  const keepsLast = kernel.domain.length > 0 && !kernel.axes.includes(kernel.domain.length - 1);
  const isVectorizable =
    keepsLast &&
    kernel.reductions.every((value) => vectorizes(value, offsets)) &&
    kernel.stores.every((store) => storeVectorizes(store, kernel, offsets));
  const lanes = isVectorizable ? 4 : 1;
  const wanted = Math.ceil(parallelism / (results / lanes));
  const shares = Math.max(1, Math.min(wanted, Math.floor(length / elementsPerShare), maxShares));
  const partialWords = shares === 1 ? 0 : Math.ceil((results * shares) / 4) * 4 * kernel.reductions.length;
  return { shape, results, length, shares, lanes, partialWords };
}

const vectorizes = (reduction: Value, { find }: Offsets): boolean => {
  const [operand] = reduction.operands;
  const place = find(operand);
  return canVectorize(operand, find, () => false) && (place === null || place.offset % 4 === 0);
};

function storeVectorizes({ value, target }: Store, kernel: ReduceKernel, { find, offsetOf }: Offsets): boolean {
  const registers = registersOf(kernel);
  if (offsetOf(target).offset % 4 !== 0) return false;
  return kernel.reductions.includes(value) || canVectorize(value, find, (candidate) => registers.has(candidate));
}
