/** Which kernel must run before which: readers after writers, and writers of reused memory after its readers. */
import { type PlanKernel, type ReadsOf, writesOf } from "./kernels.ts";
import { overlaps, type TensorRange, wholeRange } from "./tensors.ts";

export class DependencyGraph {
  /** For each kernel, the kernels that must run before it. */
  readonly before: readonly ReadonlySet<number>[];
  private readonly kernels: readonly PlanKernel[];
  private ancestors: readonly Uint8Array[] | null = null;

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

  /** Whether `to` runs, by any chain, after `from`. Works in a circle too. */
  hasPath(from: number, to: number): boolean {
    const seen = new Set<number>([to]);
    const open = [...this.before[to]];
    while (open.length > 0) {
      const index = open.pop()!;
      if (index === from) return true;
      if (seen.has(index)) continue;
      seen.add(index);
      open.push(...this.before[index]);
    }
    return false;
  }

  /** Whether `to` runs after a third kernel that runs after `from`. The kernels must be in an order in which they can run. */
  hasIndirectPath(from: number, to: number): boolean {
    this.ancestors ??= closure(this.before);
    for (const middle of this.before[to]) {
      if (middle !== from && this.ancestors[middle][from] === 1) return true;
    }
    return false;
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
}

/** For each kernel, 1 at every kernel that runs before it by any chain. */
function closure(before: readonly ReadonlySet<number>[]): Uint8Array[] {
  const ancestors: Uint8Array[] = [];
  before.forEach((direct, index) => {
    const own = new Uint8Array(before.length);
    for (const earlier of direct) {
      own[earlier] = 1;
      const further = ancestors[earlier];
      for (let i = 0; i < index; i++) own[i] |= further[i];
    }
    ancestors.push(own);
  });
  return ancestors;
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
