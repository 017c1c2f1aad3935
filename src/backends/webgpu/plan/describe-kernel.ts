/** A kernel in words: what labels on the device and `basin explain` call it, and the memory it touches. */
import { elementCount } from "../../../tensor/program.ts";
import { problemFlops, problemKey } from "../kernels/problem.ts";
import { type ReadsOf, writesOf } from "./kernels.ts";
import { problemOf } from "./problem-of.ts";
import type { SizedKernel } from "./size-kernels.ts";
import type { TensorRange } from "./tensors.ts";

export interface KernelDescription {
  /** "conv2d/1×16×32×32×3→16/… exchange-16x16", "sum 16×32×32×16 over 0,1,2", "map 16×32×32×16: select, add". */
  readonly label: string;
  readonly launches: number;
  /** FLOP of convolutions and matrix products, a multiply-add counted as two; 0 for other kernels. */
  readonly bilinearFlops: number;
  /** Each range of memory once; partial sums between launches are not counted. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

export function describeKernel(sized: SizedKernel, readsOf: ReadsOf, launches: number): KernelDescription {
  const { kernel } = sized;
  return {
    label: labelOf(sized),
    launches,
    bilinearFlops: kernel.kind === "opaque" ? problemFlops(problemOf(kernel.stores[0].value)) : 0,
    readBytes: bytesOf(readsOf(kernel).map(({ range }) => range)),
    writtenBytes: bytesOf(writesOf(kernel)),
  };
}

function labelOf(sized: SizedKernel): string {
  if (sized.kind === "opaque")
    return `${problemKey(problemOf(sized.kernel.stores[0].value))} ${sized.lowering.variant}`;
  const { kernel } = sized;
  const shape = kernel.domain.join("×") || "1";
  const names = (values: readonly { readonly primitive: { readonly name: string } }[]) =>
    [...new Set(values.map(({ primitive }) => primitive.name))].join(", ");
  if (kernel.kind === "reduce")
    return `${names(kernel.reductions)} ${shape} over ${kernel.axes.join(",")}, ${elementCount(kernel.domain)} elements`;
  const made = kernel.stores.map(({ value, isCopy }) => (isCopy ? { primitive: { name: "copy" } } : value));
  return `map ${shape}: ${names(made)}`;
}

/** Ranges that kernels read twice, as both operands of a product, count once. */
function bytesOf(ranges: readonly TensorRange[]): number {
  const distinct = new Map(ranges.map((range) => [`${range.tensor.id} ${range.offset} ${range.elements}`, range]));
  return [...distinct.values()].reduce(
    (sum, { tensor, elements }) => sum + elements * (tensor.dtype === "byte" ? 1 : 4),
    0,
  );
}
