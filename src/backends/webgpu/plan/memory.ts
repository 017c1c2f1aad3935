/** Lays the temporaries and the scratch of sized kernels out, after which every value has its place. */
import type { Find } from "../generate/expression.ts";
import type { Access } from "../generate/writer.ts";
import { allocate, arenaElements, type Lifetime } from "./allocate.ts";
import type { BufferPlace, FixedBuffers, PlanBuffer } from "./buffers.ts";
import { type Locate, type ReadsOf, writesOf } from "./kernels.ts";
import type { Scratch, SizedKernel } from "./size-kernels.ts";
import { type PlanTensor, type TensorRange, wholeRange } from "./tensors.ts";

export interface Memory {
  readonly buffers: readonly PlanBuffer[];
  readonly find: Find;
  readonly accessOf: (tensor: PlanTensor) => Access;
  readonly scratchAt: (scratch: Scratch) => Access;
}

export function layOut(kernels: readonly SizedKernel[], fixed: FixedBuffers, locate: Locate, readsOf: ReadsOf): Memory {
  const { bufferWords, places } = allocate([...temporaryLifetimes(kernels, readsOf), ...scratchLifetimes(kernels)]);
  const first = fixed.buffers.length;
  const temporaryPlace = (memory: Scratch): BufferPlace => {
    const { buffer, offset } = places.get(memory)!;
    return { buffer: first + buffer, offset };
  };
  const access = (range: TensorRange): Access => {
    const { tensor, offset } = wholeRange(range);
    const base = tensor.place.kind === "temporary" ? temporaryPlace(tensor) : fixed.placeOf(tensor);
    return { buffer: base.buffer, offset: base.offset + offset, dtype: tensor.dtype };
  };
  return {
    buffers: [...fixed.buffers, ...bufferWords.map((words) => ({ kind: "temporary", words }) as const)],
    find(value) {
      const range = locate(value);
      return range && access(range);
    },
    accessOf: (tensor) => access({ tensor, offset: 0, elements: tensor.elements }),
    scratchAt: (scratch) => ({ ...temporaryPlace(scratch), dtype: "float" }),
  };
}

function temporaryLifetimes(kernels: readonly SizedKernel[], readsOf: ReadsOf): Lifetime[] {
  const spans = new Map<PlanTensor, { first: number; last: number; inArena: boolean }>();
  kernels.forEach(({ kernel }, step) => {
    const ranges = [...writesOf(kernel), ...readsOf(kernel).map(({ range }) => range)];
    for (const { tensor } of ranges.map(wholeRange)) {
      if (tensor.place.kind !== "temporary") continue;
      const span = spans.get(tensor) ?? { first: step, last: step, inArena: fitsArena(tensor) };
      span.last = step;
      if (kernel.kind === "opaque") span.inArena = false;
      spans.set(tensor, span);
    }
  });
  return [...spans].map(([memory, span]) => ({ memory, ...span }));
}

const scratchLifetimes = (kernels: readonly SizedKernel[]): Lifetime[] =>
  kernels.flatMap(({ scratch }, step) =>
    scratch.map((memory) => ({ memory, first: step, last: step, inArena: false })),
  );

const fitsArena = ({ dtype, elements }: PlanTensor): boolean => dtype === "float" && elements <= arenaElements;
