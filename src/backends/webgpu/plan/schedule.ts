/** Orders kernels so that little memory is live at once: of those that can run, the one that frees most goes first. */
import { DependencyGraph } from "./dependencies.ts";
import { type PlanKernel, type ReadsOf, writesOf } from "./kernels.ts";
import { type PlanTensor, wholeRange } from "./tensors.ts";

const temporaries = (kernel: PlanKernel, readsOf: ReadsOf) => {
  const whole = (ranges: readonly Parameters<typeof wholeRange>[0][]) =>
    new Set(ranges.map((range) => wholeRange(range).tensor).filter(({ place }) => place.kind === "temporary"));
  return { reads: whole(readsOf(kernel).map(({ range }) => range)), writes: whole(writesOf(kernel)) };
};

export function scheduleKernels(kernels: readonly PlanKernel[], readsOf: ReadsOf): PlanKernel[] {
  const { before } = new DependencyGraph(kernels, readsOf);
  const touched = kernels.map((kernel) => temporaries(kernel, readsOf));
  const readersLeft = new Map<PlanTensor, number>();
  for (const { reads } of touched) for (const read of reads) readersLeft.set(read, (readersLeft.get(read) ?? 0) + 1);
  const live = new Set<PlanTensor>();
  const waiting = new Set(kernels.keys());
  const order: PlanKernel[] = [];
  /** Elements that running a kernel now adds to live memory (negative: frees). */
  const growth = (index: number): number => {
    let elements = 0;
    for (const tensor of touched[index].writes) if (!live.has(tensor)) elements += tensor.elements;
    for (const tensor of touched[index].reads) if (readersLeft.get(tensor) === 1) elements -= tensor.elements;
    return elements;
  };
  while (waiting.size > 0) {
    const ready = [...waiting].filter((index) => [...before[index]].every((earlier) => !waiting.has(earlier)));
    const next = ready.reduce((best, index) => (growth(index) < growth(best) ? index : best));
    waiting.delete(next);
    order.push(kernels[next]);
    for (const tensor of touched[next].writes) live.add(tensor);
    for (const tensor of touched[next].reads) {
      const left = readersLeft.get(tensor)! - 1;
      readersLeft.set(tensor, left);
      if (left === 0) live.delete(tensor);
    }
  }
  return order;
}
