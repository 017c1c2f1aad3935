/**
 * Merges kernels that walk the same elements: maps over one domain that share a large read or use one another's results,
 * reductions of one domain along the same axes, and elementwise work on a reduction's result into its last stage.
 */
import { elementCount, sameShape } from "../../../tensor/program.ts";
import { DependencyGraph } from "./dependencies.ts";
import { overwritesOwnReads, type PlanKernel, type Read, type ReadsOf, registersOf, resultShape } from "./kernels.ts";
import { sameMemory, wholeRange } from "./tensors.ts";

const largeElements = 2048;

/** Kernels in an order in which they can run. `maxBuffers` bounds the distinct buffers of one kernel. */
export function mergeKernels(kernels: readonly PlanKernel[], readsOf: ReadsOf, maxBuffers: number): PlanKernel[] {
  let current = new DependencyGraph(kernels, readsOf).sorted();
  let graph = new DependencyGraph(current, readsOf);
  let index = 1;
  while (index < current.length) {
    const earlier = current.findLastIndex((kernel, i) => {
      if (i >= index) return false;
      const merged = merge(kernel, current[index], readsOf);
      return (
        merged !== null &&
        !graph.hasIndirectPath(i, index) &&
        bufferCount(merged, readsOf) <= maxBuffers &&
        !overwritesOwnReads(merged, readsOf)
      );
    });
    if (earlier < 0) {
      index++;
      continue;
    }
    const merged = merge(current[earlier], current[index], readsOf)!;
    current = current.toSpliced(index, 1).with(earlier, merged);
    current = new DependencyGraph(current, readsOf).sorted();
    graph = new DependencyGraph(current, readsOf);
    index = Math.max(1, current.indexOf(merged));
  }
  return current;
}

/** One kernel that does the work of `a` and then `b`, or null when they do not walk the same elements. */
function merge(a: PlanKernel, b: PlanKernel, readsOf: ReadsOf): PlanKernel | null {
  if (a.kind === "opaque" || b.kind === "opaque") return null;
  const size = elementCount(resultShape(a));
  if (elementCount(resultShape(b)) !== size) return null;
  if (a.kind === "map" && b.kind === "map") {
    if (!sameShape(a.domain, b.domain)) return null;
    const uses = usesIdentically(b, a, readsOf);
    if (uses === "otherwise" || (uses === "never" && !shareRead(a, b, readsOf))) return null;
    return { ...a, stores: [...a.stores, ...b.stores] };
  }
  if (a.kind === "reduce" && b.kind === "reduce") {
    if (!sameShape(a.domain, b.domain) || a.axes.join() !== b.axes.join()) return null;
    if (usesIdentically(b, a, readsOf) !== "never" || !shareRead(a, b, readsOf)) return null;
    return { ...a, reductions: [...a.reductions, ...b.reductions], stores: [...a.stores, ...b.stores] };
  }
  if (a.kind === "reduce" && b.kind === "map") {
    if (!sameShape(resultShape(a), b.domain) || size > largeElements) return null;
    if (usesIdentically(b, a, readsOf) !== "identically") return null;
    return { ...a, stores: [...a.stores, ...b.stores] };
  }
  return null;
}

/** How `user` reads what `maker` computes: never, element by element, or otherwise. */
function usesIdentically(user: PlanKernel, maker: PlanKernel, readsOf: ReadsOf): "never" | "identically" | "otherwise" {
  const targets = maker.stores.map(({ target }) => target);
  const reads = readsOf(user).filter(({ range }) => targets.some((target) => isWithin(range.tensor, target)));
  if (reads.length === 0) return "never";
  const registers = maker.kind === "opaque" ? new Set() : registersOf(maker);
  const isRegister = ({ range, identical }: Read) =>
    identical && maker.stores.some(({ value, target }) => target === range.tensor && registers.has(value));
  return reads.every(isRegister) ? "identically" : "otherwise";
}

function isWithin(inner: Read["range"]["tensor"], outer: Read["range"]["tensor"]): boolean {
  if (inner === outer) return true;
  const [a, b] = [inner, outer].map((tensor) => wholeRange({ tensor, offset: 0, elements: tensor.elements }));
  return sameMemory(a.tensor, b.tensor) && a.tensor.place.kind !== "bound";
}

/** Whether both read one large tensor, or both are small. */
function shareRead(a: PlanKernel, b: PlanKernel, readsOf: ReadsOf): boolean {
  const [reads, others] = [a, b].map((kernel) => readsOf(kernel).map(({ range }) => wholeRange(range)));
  const domain = (kernel: PlanKernel) => (kernel.kind === "opaque" ? 0 : elementCount(kernel.domain));
  if (Math.max(domain(a), domain(b)) <= largeElements) return true;
  return reads.some((read) =>
    others.some((other) => sameMemory(read.tensor, other.tensor) && read.elements > largeElements),
  );
}

/** Buffers that a kernel binds at most: temporaries may turn out to share one. */
function bufferCount(kernel: PlanKernel, readsOf: ReadsOf): number {
  const ranges = [
    ...readsOf(kernel).map(({ range }) => range),
    ...kernel.stores.map(({ target }) => ({ tensor: target, offset: 0, elements: target.elements })),
  ];
  return new Set(ranges.map((range) => bufferName(wholeRange(range).tensor))).size;
}

function bufferName(tensor: ReturnType<typeof wholeRange>["tensor"]): unknown {
  const { place } = tensor;
  if (place.kind === "bound") return place.tensor;
  return place.kind === "temporary" ? tensor.id : place.kind;
}
