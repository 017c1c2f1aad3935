/** Vectors kept on a backend, in groups that one launch reads, and what takes all of them at once. */
import type { Backend, DeviceTensor, HostArray } from "../../backends/backend.ts";
import { Executables } from "../../execution/executables.ts";
import { summationOf } from "./inner-product.ts";
import type { Lane } from "./lane.ts";
import { traceCopy, traceOverlaps, traceSubtraction, traceUnit, traceZero, vectorName } from "./programs.ts";

/**
 * Vectors that one launch takes: with w and the coefficients they fill the eight storage bindings that every WebGPU
 * device has.
 */
export const groupSize = 6;

/** Classical Gram–Schmidt leaves vectors orthogonal to rounding when it is done twice (Giraud et al. 2005). */
const passes = 2;

interface Group {
  readonly vectors: readonly DeviceTensor[];
  /** [vectors], overlaps of a lane in a pass. */
  readonly overlaps: Map<string, DeviceTensor>;
}

export class Basis {
  #size = 0;
  readonly #groups: Group[] = [];
  readonly #executables: Executables;

  /** Holds up to `capacity` vectors of `length` numbers; memory is taken a group at a time as it fills. */
  constructor(
    private readonly backend: Backend,
    private readonly length: number,
    readonly capacity: number,
  ) {
    this.#executables = new Executables(backend);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Removes from the lane's product its part in the span of this basis, in two passes over all vectors. The overlaps stay
   * on the device until `readOverlaps`.
   */
  async orthogonalize(lane: Lane): Promise<void> {
    const groups = this.#usedGroups;
    for (let pass = 0; pass < passes; pass++) {
      for (const [number, group] of groups.entries()) {
        const overlaps = this.#overlapsOf(group, lane, pass);
        await this.#executables.run(`overlaps ${number} ${lane.index} ${pass}`, () => [
          traceOverlaps(this.length, group.vectors.length, summationOf(this.backend.kind)),
          { inputs: { w: lane.w, ...named(group) }, outputs: { overlaps } },
        ]);
      }
      for (const [number, group] of groups.entries()) await this.#subtract(number, group, lane, pass);
    }
  }

  /** ⟨w, vᵢ⟩ for every vector, as the lane's last `orthogonalize` found and removed it. */
  async readOverlaps(lane: Lane): Promise<Float64Array> {
    const groups = this.#usedGroups;
    const total = new Float64Array(groups.length * groupSize);
    const reads = groups.flatMap((group, number) =>
      Array.from({ length: passes }, async (_, pass) => {
        const part = await this.backend.read(this.#overlapsOf(group, lane, pass));
        return { start: number * groupSize, part };
      }),
    );
    for (const { start, part } of await Promise.all(reads)) {
      for (let i = 0; i < part.length; i++) total[start + i] += part[i];
    }
    return total.subarray(0, this.#size);
  }

  /** The lane's product ← Σ coefficientsᵢ vᵢ. */
  async combine(coefficients: ArrayLike<number>, lane: Lane): Promise<void> {
    await lane.clear();
    for (const [number, group] of this.#usedGroups.entries()) {
      const start = number * groupSize;
      const part = Float64Array.from(group.vectors, (_, i) => -(coefficients[start + i] ?? 0));
      if (part.every((value) => value === 0)) continue;
      this.backend.write(this.#overlapsOf(group, lane, 0), part);
      await this.#subtract(number, group, lane, 0);
    }
  }

  /** Appends the lane's product, divided by its measured norm (zeros when it counts as zero). Returns its index. */
  async append(lane: Lane): Promise<number> {
    const index = await this.#take();
    await this.replace(index, lane);
    return index;
  }

  /** Puts the lane's product, divided by its measured norm, in the place of vector `index`. */
  async replace(index: number, lane: Lane): Promise<void> {
    await this.#executables.run(`unit ${index} ${lane.index}`, () => [
      traceUnit(this.length),
      { inputs: { w: lane.w, norm: lane.norm }, outputs: { unit: this.#slot(index) } },
    ]);
  }

  /** Appends a vector as it is. */
  async write(data: HostArray): Promise<void> {
    this.backend.write(this.#slot(await this.#take()), data);
  }

  /** The lane's vector ← vᵢ. */
  async load(index: number, lane: Lane): Promise<void> {
    await this.#executables.run(`copy ${index} ${lane.index}`, () => [
      traceCopy(this.length),
      { inputs: { source: this.#slot(index) }, outputs: { target: lane.x } },
    ]);
  }

  read(index: number): Promise<HostArray> {
    return this.backend.read(this.#slot(index));
  }

  /** Forgets the vectors from `size` on; memory and programs stay for the next ones. */
  async truncate(size: number): Promise<void> {
    const before = this.#size;
    this.#size = Math.min(size, before);
    await this.#zero(this.#size, Math.min(before, this.#usedGroups.length * groupSize));
  }

  async dispose(): Promise<void> {
    await this.#executables.dispose();
    for (const { vectors, overlaps } of this.#groups) {
      for (const tensor of [...vectors, ...overlaps.values()]) tensor.dispose();
    }
    this.#groups.length = 0;
    this.#size = 0;
  }

  async #subtract(number: number, group: Group, lane: Lane, pass: number): Promise<void> {
    const coefficients = this.#overlapsOf(group, lane, pass);
    await this.#executables.run(`subtract ${number} ${lane.index} ${pass}`, () => [
      traceSubtraction(this.length, group.vectors.length),
      { inputs: { w: lane.w, ...named(group), coefficients }, outputs: { w: lane.w } },
    ]);
  }

  /** The next free slot. Those of a used group that are free hold zeros, so that it can be used before it is full. */
  async #take(): Promise<number> {
    if (this.#size === this.capacity) throw new RangeError(`A basis for ${this.capacity} vectors is full.`);
    if (this.#size === this.#groups.length * groupSize) {
      const count = Math.min(groupSize, this.capacity - this.#size);
      const type = { dtype: "float", shape: [this.length] } as const;
      const vectors = Array.from({ length: count }, (_, i) =>
        this.backend.createTensor(type, undefined, `basis vector ${this.#size + i}`),
      );
      this.#groups.push({ vectors, overlaps: new Map() });
    } else if (this.#size % groupSize === 0) {
      // A group from before a truncation.
      await this.#zero(this.#size + 1, Math.min(this.#size + groupSize, this.capacity));
    }
    return this.#size++;
  }

  /** Slots start … end − 1 ← 0 */
  async #zero(start: number, end: number): Promise<void> {
    for (let index = start; index < end; index++) {
      await this.#executables.run(`zero ${index}`, () => [
        traceZero(this.length),
        { outputs: { target: this.#slot(index) } },
      ]);
    }
  }

  get #usedGroups(): readonly Group[] {
    return this.#groups.slice(0, Math.ceil(this.#size / groupSize));
  }

  #slot(index: number): DeviceTensor {
    return this.#groups[Math.floor(index / groupSize)].vectors[index % groupSize];
  }

  #overlapsOf({ vectors, overlaps }: Group, lane: Lane, pass: number): DeviceTensor {
    const key = `${lane.index} ${pass}`;
    const known = overlaps.get(key);
    if (known) return known;
    const tensor = this.backend.createTensor({ dtype: "float", shape: [vectors.length] }, undefined, "overlaps");
    overlaps.set(key, tensor);
    return tensor;
  }
}

const named = ({ vectors }: Group): Record<string, DeviceTensor> =>
  Object.fromEntries(vectors.map((vector, i) => [vectorName(i), vector]));
