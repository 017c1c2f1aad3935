/**
 * A growing Krylov space: an orthonormal basis on the device, of which the first `processed` vectors have been multiplied,
 * and the operator projected on it. Lanczos with full re-orthogonalisation: w = A vⱼ loses its part in every vⱼ by two passes
 * of Gram–Schmidt, whose first removes αⱼvⱼ and βⱼvⱼ₋₁ with the rest, and ‖w‖ is βⱼ₊₁. Several vectors at a time make it
 * block Lanczos, a restart adds couplings to all kept vectors (Wu & Simon 2000); the projection holds in all cases.
 */
import type { HostArray } from "../../backends/backend.ts";
import type { SymmetricOperator } from "../operator.ts";
import { Basis } from "../vectors/basis.ts";
import { drawVector } from "../vectors/draw.ts";
import type { Lane, ZeroThreshold } from "../vectors/lane.ts";
import { ProjectedMatrix, type RitzPairs } from "./projected-matrix.ts";

/** What a space can be continued from, on any device. */
export interface KrylovSnapshot {
  /** The basis, in the backend's own precision. */
  readonly vectors: readonly HostArray[];
  /** Lower triangle of the projected operator, by rows. */
  readonly projected: Float64Array;
  readonly processed: number;
  /** How much of each vector belongs to the newest start: see `chainWeights`. */
  readonly chainWeights: readonly number[];
  readonly chains: number;
  readonly draws: number;
}

export interface KrylovSettings {
  readonly blockSize: number;
  readonly seed: number;
  /** A residual below this share of the operator's norm is rounding. */
  readonly breakdown: number;
}

/** A random vector that loses more of its length than this lay in the space already. */
const dependentDraw: ZeroThreshold = { relative: 1e-8, absolute: 0 };
const maxDraws = 3;

export class KrylovSpace {
  basis: Basis;
  projected = new ProjectedMatrix();
  processed = 0;
  /** Times that the space turned out invariant and was continued from a random vector. */
  chains = 0;
  /** Share of each basis vector that stems from the newest of these continuations. */
  chainWeights: number[] = [];
  #draws = 0;

  constructor(
    readonly operator: SymmetricOperator,
    readonly lanes: readonly Lane[],
    readonly settings: KrylovSettings,
    readonly capacity: number,
  ) {
    this.basis = new Basis(operator.backend, operator.length, capacity);
  }

  /** Whether every direction of the operator's space is in the basis and multiplied. */
  get isComplete(): boolean {
    return this.processed === this.basis.size;
  }

  /** Starts from random vectors, whatever the space held before. */
  async start(): Promise<void> {
    await this.#empty();
    const count = Math.min(this.settings.blockSize, this.operator.dimension);
    for (let i = 0; i < count; i++) await this.#appendRandom();
  }

  async restore({ vectors, projected, processed, chainWeights, chains, draws }: KrylovSnapshot): Promise<void> {
    await this.#empty();
    for (const vector of vectors) await this.basis.write(vector);
    this.projected = ProjectedMatrix.unpack(projected);
    this.processed = processed;
    this.chainWeights = [...chainWeights];
    this.chains = chains;
    this.#draws = draws;
  }

  async snapshot(): Promise<KrylovSnapshot> {
    const { size } = this.basis;
    const vectors = await Promise.all(Array.from({ length: size }, (_, i) => this.basis.read(i)));
    const { processed, chains, chainWeights } = this;
    const projected = this.projected.pack(size);
    return { vectors, projected, processed, chains, chainWeights: [...chainWeights], draws: this.#draws };
  }

  ritzPairs(): RitzPairs {
    return this.projected.ritzPairs(this.processed, this.basis.size);
  }

  /** How many vectors the next `expand` multiplies. */
  get nextCount(): number {
    return Math.min(this.settings.blockSize, this.basis.size - this.processed);
  }

  /**
   * Multiplies the next vectors and appends what is new in their products. False when a product was not finite: the space is
   * then as before. `scale` is the operator's norm as far as known. Rejects with the signal's reason, the space as before.
   */
  async expand(scale: number, signal?: AbortSignal): Promise<boolean> {
    const { basis, operator, settings } = this;
    const [first, size] = [this.processed, basis.size];
    const lanes = this.lanes.slice(0, this.nextCount);
    for (const [i, lane] of lanes.entries()) await basis.load(first + i, lane);
    await operator.apply(lanes.length, signal);
    const threshold = { relative: settings.breakdown ** 2, absolute: (settings.breakdown * scale) ** 2 };
    /** Indices given to the lanes' remainders; the last lanes get none when the space is full. */
    const indices: number[] = [];
    for (const lane of lanes) {
      await lane.note();
      await basis.orthogonalize(lane);
      await lane.measure(threshold);
      if (basis.size < operator.dimension) indices.push(await basis.append(lane));
    }
    const columns = await Promise.all(
      lanes.map(async (lane) => ({ norm: await lane.readNorm(), overlaps: await basis.readOverlaps(lane) })),
    );
    if (!columns.every(({ norm, overlaps }) => Number.isFinite(norm.norm) && overlaps.every(Number.isFinite))) {
      await basis.truncate(size);
      return false;
    }
    const broken: number[] = [];
    columns.forEach(({ norm, overlaps }, i) => {
      const known = i < indices.length ? indices[i] : basis.size;
      for (let row = first + i; row < known; row++) this.projected.set(row, first + i, overlaps[row]);
      if (i >= indices.length) return;
      this.projected.set(indices[i], first + i, norm.isZero ? 0 : norm.norm);
      this.chainWeights[indices[i]] = this.chains === 0 ? 0 : this.#sourceWeight(first + i);
      if (norm.isZero) broken.push(indices[i]);
    });
    this.processed += lanes.length;
    await this.#continue(broken);
    return true;
  }

  /** Replaces the basis by `vectors` (combinations of the processed vectors) followed by the vectors not yet processed. */
  async restart({ values, vectors }: Pick<RitzPairs, "values" | "vectors">): Promise<void> {
    const { basis, processed, projected } = this;
    const next = new Basis(this.operator.backend, this.operator.length, this.capacity);
    const pending = Array.from({ length: basis.size - processed }, (_, p) => {
      const unit = new Float64Array(basis.size);
      unit[processed + p] = 1;
      return unit;
    });
    for (const coefficients of [...vectors, ...pending]) {
      await this.combine(coefficients);
      await next.append(this.lanes[0]);
    }
    const matrix = new ProjectedMatrix();
    vectors.forEach((vector, i) => {
      matrix.set(i, i, values[i]);
      projected.couplings(vector, processed, basis.size).forEach((coupling, p) => {
        matrix.set(vectors.length + p, i, coupling);
      });
    });
    this.chainWeights = [...vectors.map((vector) => this.chainWeightOf(vector)), ...this.chainWeights.slice(processed)];
    this.basis = next;
    this.projected = matrix;
    this.processed = vectors.length;
    await basis.dispose();
  }

  /** lanes[lane].w ← Σ coefficientsᵢ vᵢ, its norm measured. */
  async combine(coefficients: Float64Array, lane = 0): Promise<void> {
    await this.basis.combine(coefficients, this.lanes[lane]);
    await this.lanes[lane].note();
    await this.lanes[lane].measure({ relative: 0, absolute: 0 });
  }

  /** Share of a Ritz vector that lies in the newest continuation. */
  chainWeightOf(vector: Float64Array): number {
    return vector.reduce((sum, component, j) => sum + component * component * (this.chainWeights[j] ?? 0), 0);
  }

  dispose(): Promise<void> {
    return this.basis.dispose();
  }

  async #empty(): Promise<void> {
    await this.basis.truncate(0);
    this.projected = new ProjectedMatrix();
    this.processed = 0;
    this.chains = 0;
    this.chainWeights = [];
    this.#draws = 0;
  }

  #sourceWeight(column: number): number {
    return this.chainWeights[column] ?? 0;
  }

  /** Puts random vectors in the place of remainders that were zero: the space is invariant there. */
  async #continue(broken: readonly number[]): Promise<void> {
    if (broken.length === 0) return;
    // With a block, other lanes may go on: only a space without any way out begins a new chain.
    if (broken.length === this.basis.size - this.processed) {
      this.chains++;
      this.chainWeights.fill(0);
    }
    for (const index of broken) {
      if (!(await this.#putRandom(index))) throw new RangeError("No vector is left outside the Krylov space.");
      this.chainWeights[index] = this.chains === 0 ? 0 : 1;
    }
  }

  async #appendRandom(): Promise<void> {
    const lane = this.lanes[0];
    lane.write(this.#draw());
    await lane.note();
    await this.basis.orthogonalize(lane);
    await lane.measure(dependentDraw);
    const index = await this.basis.append(lane);
    this.chainWeights[index] = 0;
    if ((await lane.readNorm()).isZero && !(await this.#putRandom(index)))
      throw new RangeError("No start vector is independent of the others.");
  }

  async #putRandom(index: number): Promise<boolean> {
    const lane = this.lanes[0];
    for (let attempt = 0; attempt < maxDraws; attempt++) {
      lane.write(this.#draw());
      await lane.note();
      await this.basis.orthogonalize(lane);
      await lane.measure(dependentDraw);
      await this.basis.replace(index, lane);
      if (!(await lane.readNorm()).isZero) return true;
    }
    return false;
  }

  #draw(): Float32Array {
    return drawVector(this.operator, "gaussian", this.settings.seed, this.#draws++);
  }
}
