/** How each kernel is launched, and the scratch that it needs for it: decided before any temporary has its place. */
import { type Offsets, type ReductionSplit, splitReduction } from "../generate/split-reduction.ts";
import type { Offset } from "../generate/writer.ts";
import type { Lowering } from "../kernel.ts";
import type { KernelProblem } from "../kernels/problem.ts";
import type { DeviceTraits } from "../kernels/traits.ts";
import type { Locate, MapKernel, OpaqueKernel, PlanKernel, ReduceKernel } from "./kernels.ts";
import { problemOf } from "./problem-of.ts";
import { type TensorRange, wholeRange } from "./tensors.ts";

/** Float memory that one kernel needs between its launches. */
export interface Scratch {
  readonly elements: number;
}

export type SizedKernel = { readonly scratch: readonly Scratch[] } & (
  | { readonly kind: "map"; readonly kernel: MapKernel }
  | { readonly kind: "reduce"; readonly kernel: ReduceKernel; readonly split: ReductionSplit }
  | { readonly kind: "opaque"; readonly kernel: OpaqueKernel; readonly lowering: Lowering }
);

export interface SizeOptions {
  readonly traits: DeviceTraits;
  /** The kernel to use for an opaque operation. */
  readonly choose: (problem: KernelProblem) => Lowering;
}

/** Enough to fill a device, little enough that partial sums stay few. */
const parallelism = (traits: DeviceTraits) => (traits.cpu ? 256 : 16_384);

export function sizeKernels(
  kernels: readonly PlanKernel[],
  locate: Locate,
  { traits, choose }: SizeOptions,
): SizedKernel[] {
  const offsets: Offsets = {
    find(value) {
      const range = locate(value);
      return range && offsetOf(range);
    },
    offsetOf: (tensor) => offsetOf({ tensor, offset: 0, elements: tensor.elements }),
  };
  const size = (kernel: PlanKernel): SizedKernel => {
    switch (kernel.kind) {
      case "map":
        return { kind: "map", kernel, scratch: [] };
      case "reduce": {
        const split = splitReduction(kernel, offsets, parallelism(traits));
        return {
          kind: "reduce",
          kernel,
          split,
          scratch: scratchOf(split.partialWords > 0 ? [split.partialWords] : []),
        };
      }
      case "opaque": {
        const lowering = choose(problemOf(kernel.stores[0].value));
        return { kind: "opaque", kernel, lowering, scratch: scratchOf(lowering.scratch) };
      }
    }
  };
  return kernels.map(size);
}

const scratchOf = (elements: readonly number[]): Scratch[] => elements.map((count) => ({ elements: count }));

/** The offset in the buffer, or in a temporary as if that began its buffer. */
function offsetOf(range: TensorRange): Offset {
  const { tensor, offset } = wholeRange(range);
  const { place, dtype } = tensor;
  return { offset: offset + (place.kind === "feed" || place.kind === "fetch" ? place.offset : 0), dtype };
}
