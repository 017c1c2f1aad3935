/** Which kernel must run before which: readers after writers, and writers of reused memory after its readers. */
import { type PlanKernel, type ReadsOf, writesOf } from "./kernels.ts";
import { overlaps, type TensorRange, wholeRange } from "./tensors.ts";

export class DependencyGraph {
  /** For each kernel, the kernels that must run before it. */
  readonly before: readonly ReadonlySet<number>[];
  private readonly kernels: readonly PlanKernel[];

  constructor(kernels: readonly PlanKernel[], readsOf: ReadsOf) {
    this.kernels = kernels;
    const reads = kernels.map((kernel) => readsOf(kernel).map(({ range }) => range));
    const writes = kernels.map(writesOf);
    const before = kernels.map(() => new Set<number>());
    const writers = new Map<unknown, { writer: number; write: TensorRange }[]>();
    writes.forEach((ranges, writer) => {
      for (const write of ranges) {
        const key = memoryOf(write);
        writers.set(key, [...(writers.get(key) ?? []), { writer, write }]);
      }
    });
    reads.forEach((ranges, reader) => {
      for (const read of ranges) {
        for (const { writer, write } of writers.get(memoryOf(read)) ?? []) {
          if (reader === writer || !overlaps(read, write)) continue;
          if (isMadeBy(read, write)) before[reader].add(writer);
          else before[writer].add(reader);
        }
      }
    });
    this.before = before;
  }

  /** Whether `to` runs, by any chain, after `from`. */
  hasPath(from: number, to: number): boolean {
    return this.reaches(from, to, this.before[to]);
  }

  /** The same by way of a third kernel. */
  hasIndirectPath(from: number, to: number): boolean {
    return [...this.before[to]].some((middle) => middle !== from && this.hasPath(from, middle));
  }

  /** The kernels in an order in which they can run, as close to the given one as may be. */
  sorted(): PlanKernel[] {
    const order: number[] = [];
    const state = new Map<number, "open" | "done">();
    const visit = (index: number) => {
      if (state.get(index) === "done") return;
      if (state.get(index) === "open") throw new Error("kernels depend on one another in a circle");
      state.set(index, "open");
      for (const earlier of this.before[index]) visit(earlier);
      state.set(index, "done");
      order.push(index);
    };
    this.kernels.forEach((_, index) => {
      visit(index);
    });
    return order.map((index) => this.kernels[index]);
  }

  private reaches(from: number, to: number, start: ReadonlySet<number>): boolean {
    const seen = new Set<number>([to]);
    const open = [...start];
    while (open.length > 0) {
      const index = open.pop()!;
      if (index === from) return true;
      if (seen.has(index)) continue;
      seen.add(index);
      open.push(...this.before[index]);
    }
    return false;
  }
}

/** Equal for ranges that may overlap. */
function memoryOf(range: TensorRange): unknown {
  const { tensor } = wholeRange(range);
  return tensor.place.kind === "bound" ? tensor.place.tensor : tensor;
}

/** Whether a read sees what a write made, rather than what was in the caller's tensor before. */
function isMadeBy(read: TensorRange, write: TensorRange): boolean {
  return read.tensor === write.tensor || isPartOf(write.tensor, read.tensor) || isPartOf(read.tensor, write.tensor);
}

function isPartOf(part: TensorRange["tensor"], whole: TensorRange["tensor"]): boolean {
  for (let tensor = part; tensor.place.kind === "part"; tensor = tensor.place.whole) {
    if (tensor.place.whole === whole) return true;
  }
  return false;
}
