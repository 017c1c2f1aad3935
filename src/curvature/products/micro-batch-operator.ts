/** An operator as a sum over micro-batches. */
import type { Backend, DeviceTensor } from "../../backends/backend.ts";
import type { MicroBatch } from "../../execution/micro-batches.ts";
import type { WorkWindow } from "../../execution/work-window.ts";
import type { Span, SymmetricOperator } from "../operator.ts";
import { spansOf } from "../selection.ts";
import type { PassTensors, ProductPass } from "./pass.ts";
import { createRecomputingPass } from "./recomputing-pass.ts";
import { placesIn } from "./trace-products.ts";

export interface CurvatureOperator extends SymmetricOperator {
  /** Whether what all products have in common was computed once and kept. */
  readonly isHoisted: boolean;
  /**
   * Makes an operator that was made to be renewed the matrix at the weights as they now are and, if given, over other
   * micro-batches, of the same sizes in the same order. Nothing is compiled. Rejects with the signal's reason.
   */
  renew(microBatches?: readonly MicroBatch[], signal?: AbortSignal): Promise<void>;
}

export class MicroBatchOperator implements CurvatureOperator {
  readonly dimension: number;
  readonly flop: number;
  /** Narrower passes that were asked for besides the whole, by width. */
  readonly #narrower = new Map<number, Promise<ProductPass>>();
  #isDisposed = false;

  readonly backend: Backend;
  readonly length: number;
  readonly support: readonly Span[];
  readonly vectors: readonly DeviceTensor[];
  readonly products: readonly DeviceTensor[];

  /** `whole` is the pass as wide as there are vectors. `disposeTensors` is called once, at the end. */
  constructor(
    private tensors: PassTensors,
    private readonly whole: ProductPass,
    readonly isHoisted: boolean,
    private readonly window: WorkWindow,
    private readonly disposeTensors: () => void,
  ) {
    this.backend = tensors.backend;
    const { vectorLayout, tensors: block } = tensors.matrix;
    this.length = vectorLayout.length;
    this.support = spansOf(placesIn(vectorLayout, block).map((place) => vectorLayout.entries[place]));
    this.vectors = tensors.vectors;
    this.products = tensors.products;
    this.dimension = this.support.reduce((total, span) => total + span.length, 0);
    this.flop = whole.flop / tensors.vectors.length;
  }

  async apply(count: number, signal?: AbortSignal): Promise<void> {
    if (!Number.isInteger(count) || count < 1 || count > this.vectors.length) {
      throw new RangeError(`${count} products of an operator with ${this.vectors.length} vectors.`);
    }
    signal?.throwIfAborted();
    const pass = count === this.vectors.length || this.isHoisted ? this.whole : await this.#passOf(count);
    await pass.enqueue(this.window, signal);
  }

  async renew(microBatches = this.tensors.microBatches, signal?: AbortSignal): Promise<void> {
    const sizes = this.tensors.microBatches.map(({ size }) => size);
    if (microBatches.length !== sizes.length || microBatches.some(({ size }, i) => size !== sizes[i])) {
      throw new RangeError("Micro-batches of other sizes than the operator was made for.");
    }
    this.tensors = { ...this.tensors, microBatches };
    for (const pass of [this.whole, ...(await Promise.all(this.#narrower.values()))]) {
      await pass.renew(microBatches, signal);
    }
  }

  #passOf(count: number): Promise<ProductPass> {
    const { vectors, products } = this;
    const pass =
      this.#narrower.get(count) ??
      createRecomputingPass({ ...this.tensors, vectors: vectors.slice(0, count), products: products.slice(0, count) });
    this.#narrower.set(count, pass);
    return pass;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.disposeTensors();
    for (const pass of this.#narrower.values()) pass.then((made) => made.dispose()).catch(() => {});
  }
}
