/**
 * Updates in place: an output bound to an input's tensor may be computed straight into it only if every reader of the old
 * contents can run before. Where one cannot, the output is computed aside and copied at the end.
 */
import { DependencyGraph } from "./dependencies.ts";
import { kernelOf, overwritesOwnReads, type PlanKernel, type ReadsOf, type Store, writesOf } from "./kernels.ts";
import { overlaps, type PlanTensor, wholeRange } from "./tensors.ts";

/** The kernels of `stores`, with unsafe in-place outputs moved aside. Adds to `tensors` those that this takes. */
export function formKernels(stores: readonly Store[], readsOf: ReadsOf, tensors: PlanTensor[]): PlanKernel[] {
  const kernels = stores.map(kernelOf);
  const copies: PlanKernel[] = [];
  for (;;) {
    const unsafe = findUnsafe([...kernels, ...copies], readsOf);
    if (!unsafe) return [...kernels, ...copies];
    const target: PlanTensor = { ...unsafe, id: tensors.length };
    tensors.push(target);
    const place = unsafe.place;
    unsafe.place = { kind: "temporary" };
    target.place = place;
    copies.push(kernelOf({ value: unsafe.value, target, isCopy: true, source: unsafe }));
  }
}

/** A caller's tensor that some kernel would overwrite too early. */
function findUnsafe(kernels: readonly PlanKernel[], readsOf: ReadsOf): PlanTensor | null {
  const graph = new DependencyGraph(kernels, readsOf);
  for (const [index, kernel] of kernels.entries()) {
    for (const write of writesOf(kernel)) {
      const { tensor } = wholeRange(write);
      if (tensor.place.kind !== "bound") continue;
      if (overwritesOwnReads(kernel, readsOf)) return tensor;
      for (const [reader, other] of kernels.entries()) {
        const readsOld = () =>
          readsOf(other).some(({ range }) => wholeRange(range).tensor !== tensor && overlaps(range, write));
        if (reader !== index && readsOld() && graph.hasPath(index, reader)) return tensor;
      }
    }
  }
  return null;
}
